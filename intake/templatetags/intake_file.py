"""A person's file, piece by piece: what stands on every file is drawn once in each language, not looked up for each."""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from migwork.links import link_to
from migwork.markup import escaped
from migwork.words import day_in_words, word_of

register = template.Library()

_CURRENT = ' aria-current="page"'


@register.simple_tag
def file_tabs(section, talks):
    """The sections of a file, `section` being open; `talks`: with what was said, for the case team alone."""
    return _tabs(section, bool(talks), get_language())


@lru_cache(maxsize=64)
def _tabs(section, talks, language):
    tabs = {
        "": _("Story"),
        **({"colloqui": _("Talks")} if talks else {}),
        "piano": _("Plan"),
        "invii": _("Referrals"),
        "attivita": _("Activities"),
    }
    links = "".join(
        f'<a href="?{key and f"s={key}"}"{_CURRENT if key == section else ""}>{escaped(label)}</a>'
        for key, label in tabs.items()
    )
    name = escaped(_("Sections of the file"))
    return SafeString(f'<nav class="tabs" aria-label="{name}">{links}</nav>')


@register.simple_tag(takes_context=True)
def booked_talk(context, row, may_work):
    """A talk that is booked: when, what for, with whom, where; for who works on the file how it went."""
    start = localtime(row.starts_at)
    said = (
        f"<strong>{day_in_words(start.date(), 'l j F')}, {start:%H:%M}</strong> · {escaped(word_of(row, 'kind'))}<br>"
        f"{escaped(row.operator)} · {escaped(row.place or word_of(row, 'mode'))}"
    )
    form = ""
    if may_work:
        form = (
            f'<form method="post" action="{link_to("intake:appointment-outcome")(row.pk)}" class="actions">'
            f'<input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'
            f'<input type="hidden" name="next" value="{escaped(context["request"].get_full_path())}">'
            f"{_outcomes(get_language())}</form>"
        )
    return SafeString(f'<div class="stack"><p>{said}</p>{form}</div>\n')


@lru_cache(maxsize=8)
def _outcomes(language):
    verbs = [
        ("secondary", "see", _("Took place")),
        ("secondary", "miss", _("Did not come")),
        ("secondary", "excuse", _("They let us know")),
        ("danger", "cancel", _("We cancel")),
    ]
    return "".join(
        f'<button class="btn btn-{kind} btn-small" name="verb" value="{verb}">{escaped(label)}</button>'
        for kind, verb, label in verbs
    )


@register.simple_tag
def contact_facts(participation):
    """Where one reaches somebody, and who they are in a few words; what is not known is left out."""
    person = participation.person
    words = _fact_words(get_language())
    where = person.municipality
    if where and person.municipio:
        where += ", " + _("municipio %(number)s") % {"number": person.municipio}
    facts = (
        person.phone and f'<a href="tel:{escaped(person.phone)}">{escaped(person.phone)}</a>',
        person.email and f'<a href="mailto:{escaped(person.email)}">{escaped(person.email)}</a>',
        person.birth_date and f"{person.birth_date:%d/%m/%Y}",
        escaped(where),
        person.employment and escaped(word_of(person, "employment")),
        escaped(participation.edition.name),
    )
    rows = "".join(
        f"<div><dt>{word}</dt><dd>{fact}</dd></div>" for word, fact in zip(words, facts, strict=True) if fact
    )
    return SafeString(f'<dl class="facts">{rows}</dl>')


@lru_cache(maxsize=8)
def _fact_words(language):
    words = _("Telephone"), _("E-mail"), _("Born on"), _("Lives in"), _("Situation"), _("Edition")
    return tuple(map(escaped, words))


@register.simple_tag
def desk_links(participation, talks):
    """The desk's pages about somebody: the messages for whoever works on the file, the others with the `talks`."""
    keys = {"person": participation.person_id, "way": participation.pk}
    links = _desk_links(bool(talks), get_language())
    return SafeString(f"<p>{' · '.join([written(keys[whose]) for whose, written in links])}</p>")


@lru_cache(maxsize=16)
def _desk_links(talks, language):
    """Of each page whose key its address holds, and how to write its link."""
    pages = [("person", "accounts:person-messages", _("Messages sent"))]
    if talks:
        pages += [
            ("person", "accounts:person-correct", _("Correct the data")),
            ("person", "accounts:safe-contact", _("Safe contact")),
            ("person", "accounts:papers", _("Identity papers")),
            ("person", "accounts:special-notes", _("Protected notes")),
            ("way", "intake:safeguarding-create", _("A disclosed abuse")),
        ]
    return [(whose, _link_to(name, escaped(label))) for whose, name, label in pages]


def _link_to(name, label):
    address = link_to(name)
    return lambda key: f'<a href="{address(key)}">{label}</a>'
