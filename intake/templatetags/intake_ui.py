"""How the desk's states look: a shape and a colour beside their word."""

from functools import lru_cache

from django import template
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from intake.enums import ActionState
from intake.forms import NewGoalForm, NoteForm
from migwork.controls import field, fields
from migwork.templatetags.ui import NOTHING, status
from migwork.words import day_in_words, word_for, word_of

register = template.Library()

KINDS = {
    # a participation
    "registered": "waiting",
    "received": "going",
    "interviewed": "going",
    "plan_draft": "going",
    "plan_agreed": "going",
    "in_progress": "going",
    "closed": "done",
    "dropped": "stop",
    # an appointment
    "booked": "waiting",
    "seen": "done",
    "excused": "info",
    "cancelled": "stop",
    "no_show": "warn",
    # somebody in the queue ("received": as a participation)
    "arrived": "waiting",
    "called": "going",
    "left": "done",
    # a plan and its steps
    "draft": "todo",
    "proposed": "waiting",
    "agreed": "done",
    "to_do": "todo",
    "doing": "going",
    "done": "done",
    # a difference of two versions of a plan
    "new": "going",
    "changed": "waiting",
    "out": "stop",
    # a referral
    "sent": "waiting",
    "accepted": "done",
    "declined": "stop",
    "withdrawn": "stop",
    # a restricted record ("closed": as a participation)
    "open": "going",
    # a section of an interview
    "not_started": "todo",
    "viewed": "info",
    "incomplete": "going",
    "complete": "done",
}


@lru_cache(maxsize=512)
def _drawn(value, label):
    return status(KINDS[value], label)


@register.simple_tag
def state(row):
    """{% state appointment %}: the state's word with its shape, for anything that has a `state`."""
    return state_of(type(row), row.state)


def state_of(model, value):
    """The same, for a state that was read without its row."""
    return _drawn(value, word_for(model, "state", value))


@register.simple_tag
def section_state(row):
    """{% section_state row %}: how far a section of a form is, `row` as in questionnaires.queries.states."""
    return _drawn(row["state"], row["state_label"])


@register.simple_tag
def section_links(rows, here, address):
    """{% section_links sections section.key address %}: the sections of an interview below `address`, with states."""
    links = (
        (
            row["key"],
            address,
            SafeString(' aria-current="step"') if row["key"] == here else NOTHING,
            row["title"],
            _drawn(row["state"], row["state_label"]),
        )
        for row in rows
    )
    return format_html_join("", '<li><a href="{1}{0}/"{2}>{3}</a><span id="state-{0}">{4}</span></li>', links)


@register.filter
def word(row, name):
    """{{ appointment|word:"kind" }}: the word of a field with choices, in lists quicker than get_kind_display."""
    return word_of(row, name)


@register.filter
def kind_of(value):
    """The kind (see `status`) of a state's value."""
    return KINDS[value]


@register.filter
def hours(number):
    """Hours as people write them: 40, 2,5."""
    return formats.localize(number.quantize(1) if number == int(number) else number)


@register.filter
def hours_long(number):
    """{{ row.hours|hours_long }}: "1 hour", "2.5 hours"."""
    return ngettext("%(hours)s hour", "%(hours)s hours", 1 if number == 1 else 2) % {"hours": hours(number)}


@lru_cache(maxsize=8)
def _note_fields(language):
    form = NoteForm()
    return SafeString(field(form["text"]) + field(form["kind"]))


@register.simple_tag
def note_fields():
    """The empty fields of a note: the same on every file, drawn once per language."""
    return _note_fields(get_language())


@register.simple_tag
def new_goal_fields(form):
    """The empty fields of a new goal (NewGoalForm), which are the same on every plan in these languages."""
    return _new_goal_fields(form.language, get_language())


@lru_cache(maxsize=64)
def _new_goal_fields(language, of_page):
    return fields(NewGoalForm(language=language))


@register.simple_tag
def note_said(note, user):
    """What a note says, and the link by which its writer mends a slip while it is fresh."""
    link = NOTHING
    if note.by_id == user.pk and note.is_fresh(timezone.now()):
        link = format_html(' <a href="{}">{}</a>', reverse("intake:note-edit", args=[note.pk]), _("Correct"))
    corrected = format_html(' <span class="muted">({})</span>', _("corrected")) if note.corrected_at else NOTHING
    return format_html(
        '<div class="note"><strong>{}</strong>{}{}{}</div>',
        word_of(note, "kind"),
        corrected,
        link,
        SafeString(linebreaks(note.text, autoescape=True)),
    )


@register.simple_tag(takes_context=True)
def part(context, section):
    """A later room's section of the file, see intake.hooks.file_sections."""
    template = context.template.engine.get_template(section["template"])
    with context.push(section["context"]):
        return template.render(context)


@register.filter
def by_when(action):
    """{{ action|by_when }}: until when a step of a plan is to be done, or when it was; and its hours."""
    if action.state == ActionState.DONE:
        day = _("done on %(day)s") % {"day": day_in_words(localtime(action.done_at).date(), "l j F")}
    else:
        day = _until(action)
    return f"{day} · {hours_of(action)}" if action.hours_planned else day


@register.filter
def planned(action):
    """{{ action|planned }}: what a step of a plan is, until when, how many hours."""
    parts = [word_of(action, "kind"), _until(action)]
    if action.hours_planned:
        parts.append(_("%(planned)s hours") % {"planned": hours(action.hours_planned)})
    return " · ".join(parts)


def _until(action):
    return _("by %(day)s") % {"day": day_in_words(action.due_on, "l j F")}


@register.filter
def hours_of(row):
    """{{ action|hours_of }}: the hours done of those planned, of a step or of a whole plan."""
    return _("%(done)s of %(planned)s hours") % {"done": hours(row.hours_done), "planned": hours(row.hours_planned)}


@register.simple_tag
def person_header(participation, age):
    """Head of every page about somebody: name, age, state, who follows them."""
    years = ngettext("%(years)s year", "%(years)s years", age) % {"years": age} if age else ""
    followed = participation.operator and _("followed by %(who)s") % {"who": participation.operator}
    return format_html(
        '<div class="page-header"><div><h1>{}</h1><p class="lead">{}{}{}</p></div></div>',
        participation.person.full_name,
        f"{years} · " if years else "",
        state(participation),
        f" · {followed}" if followed else "",
    )
