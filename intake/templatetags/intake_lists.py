"""The desk's long lists, written row by row: the words of a column once for the table, each day once."""

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from foundation.privacy.sentences import sentence_for
from intake.templatetags.intake_ui import note_said, state
from migwork.tables import link, table
from migwork.templatetags.ui import NOTHING, status
from migwork.words import day_in_words

register = template.Library()


def _on(moment, pattern) -> str:
    """The day of a moment, in words."""
    return day_in_words(localtime(moment).date(), pattern)


def _at(moment, pattern) -> str:
    """The day of a moment in words, and its hour."""
    moment = localtime(moment)
    return f"{day_in_words(moment.date(), pattern)}, {moment:%H:%M}"


@register.simple_tag
def waiting_table(rows):
    """Who signed up and was not received yet; `rows` as intake.views.desk.listed() makes them."""
    name, signed_up, contact, to_do, receive = map(
        escape,
        (gettext("Name"), gettext("Signed up on"), gettext("Contact"), gettext("What to do"), gettext("Receive")),
    )
    lines = [
        f'<tr><th scope="row">{link(row.file_url, row.name)}</th>'
        f'<td data-label="{signed_up}">{_at(row.opened_at, "j F")}</td>'
        f'<td data-label="{contact}">{escape(row.contact)}</td>'
        f'<td><a class="btn btn-secondary btn-small" href="{row.receive_url}">{receive}'
        f'<span class="visually-hidden"> {escape(row.name)}</span></a></td></tr>\n'
        for row in rows
    ]
    return SafeString(
        f'<table class="table table-cards"><thead><tr><th scope="col">{name}</th><th scope="col">{signed_up}</th>'
        f'<th scope="col">{contact}</th><th scope="col"><span class="visually-hidden">{to_do}</span></th></tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table>"
    )


@register.simple_tag
def caseload_table(rows):
    """The people an operator follows; `rows` as intake.views.desk.listed() makes them."""
    silent = status("warn", gettext("No contact for 30 days")) + SafeString(" ")
    return table(
        "",
        [gettext("Name"), gettext("State"), gettext("Last contact"), gettext("Look at")],
        [
            (
                link(row.file_url, row.name),
                state(row),
                _on(row.last_contact_at, "j F Y") if row.last_contact_at else "–",
                (silent if row.no_contact else NOTHING) + (_overdue(row.overdue) if row.overdue else NOTHING),
            )
            for row in rows
        ],
    )


def _overdue(number):
    return status("warn", ngettext("%(n)s step overdue", "%(n)s steps overdue", number) % {"n": number})


@register.simple_tag
def timeline(events, notes, user):
    """A person's story, newest first: when, what was done, by whom; `events` from intake.queries.story().

    `notes`: what those of them say that `user` may read, from intake.queries.notes_told().
    """
    sentences = {verb: escape(sentence_for(verb)) for verb in {event.verb for event in events}}
    lines = [
        f'<li><time datetime="{event.at.isoformat()}">{_at(event.at, "j F Y")}</time><p>{sentences[event.verb]}'
        f"{_by(event.by)}</p>{note_said(notes[event.on], user) if event.on in notes else NOTHING}</li>\n"
        for event in events
    ]
    return SafeString(f'<ol class="timeline">{"".join(lines)}</ol>')


def _by(name):
    return f' <span class="muted">· {escape(name)}</span>' if name else ""
