"""The desk's long lists, written row by row: the words of a column once for the table, each day once."""

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from foundation.privacy.sentences import sentence_for
from intake.templatetags.intake_ui import state
from migwork.tables import link, table
from migwork.templatetags.ui import NOTHING, status
from migwork.words import day_in_words

register = template.Library()


def _on(moment, pattern) -> str:
    """The day of a moment, in words."""
    return day_in_words(localtime(moment).date(), pattern)


def _at(moment, pattern) -> str:
    """The day of a moment in words, and its hour."""
    return f"{_on(moment, pattern)}, {localtime(moment):%H:%M}"


@register.simple_tag
def waiting_table(rows):
    """Who signed up and was not received yet; `rows` as intake.views.desk.listed() makes them."""
    signed_up, contact, receive = map(escape, (gettext("Signed up on"), gettext("Contact"), gettext("Receive")))
    lines = [
        format_html(
            '<tr><th scope="row"><a href="{}">{}</a></th><td data-label="{}">{}</td><td data-label="{}">{}</td>'
            '<td><a class="btn btn-secondary btn-small" href="{}">{}'
            '<span class="visually-hidden"> {}</span></a></td></tr>\n',
            *(row.file_url, row.name, signed_up, _at(row.opened_at, "j F"), contact, row.contact),
            *(row.receive_url, receive, row.name),
        )
        for row in rows
    ]
    return format_html(
        '<table class="table table-cards"><thead><tr><th scope="col">{}</th><th scope="col">{}</th>'
        '<th scope="col">{}</th><th scope="col"><span class="visually-hidden">{}</span></th></tr></thead>'
        "<tbody>{}</tbody></table>",
        *(gettext("Name"), signed_up, contact, gettext("What to do"), SafeString("".join(lines))),
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
def timeline(events):
    """A person's story, newest first: when, what was done, by whom; `events` from intake.queries.story()."""
    return format_html(
        '<ol class="timeline">{}</ol>',
        format_html_join(
            "",
            '<li><time datetime="{}">{}</time><p>{}{}</p></li>\n',
            (
                (
                    event.at.isoformat(),
                    _at(event.at, "j F Y"),
                    sentence_for(event.verb),
                    format_html(' <span class="muted">· {}</span>', event.by) if event.by else NOTHING,
                )
                for event in events
            ),
        ),
    )
