"""The desk's long lists, written row by row: the words of a column once for the table, each day once."""

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from foundation.privacy.sentences import sentence_for
from intake.templatetags.intake_ui import state
from migwork.templatetags.ui import NOTHING, status
from migwork.words import day_in_words

register = template.Library()


def _on(moment, pattern) -> str:
    """The day of a moment, in words."""
    return day_in_words(localtime(moment).date(), pattern)


def _at(moment, pattern) -> str:
    """The day of a moment in words, and its hour."""
    return f"{_on(moment, pattern)}, {localtime(moment):%H:%M}"


def _table(heads, rows):
    """A table of `heads`, texts or markup, and `rows`, markup."""
    return format_html(
        '<table class="table table-cards"><thead><tr>{}</tr></thead><tbody>\n{}</tbody></table>',
        format_html_join("", '<th scope="col">{}</th>', ((head,) for head in heads)),
        SafeString("".join(rows)),
    )


@register.simple_tag
def waiting_table(rows):
    """Who signed up and was not received yet; `rows` as intake.views.desk.listed() makes them."""
    signed_up, contact, receive = map(escape, (gettext("Signed up on"), gettext("Contact"), gettext("Receive")))
    what_to_do = format_html('<span class="visually-hidden">{}</span>', gettext("What to do"))
    return _table(
        [gettext("Name"), signed_up, contact, what_to_do],
        [
            format_html(
                '<tr><th scope="row"><a href="{}">{}</a></th><td data-label="{}">{}</td><td data-label="{}">{}</td>'
                '<td><a class="btn btn-secondary btn-small" href="{}">{}'
                '<span class="visually-hidden"> {}</span></a></td></tr>\n',
                *(row.file_url, row.name, signed_up, _at(row.opened_at, "j F"), contact, row.contact),
                *(row.receive_url, receive, row.name),
            )
            for row in rows
        ],
    )


@register.simple_tag
def caseload_table(rows):
    """The people an operator follows; `rows` as intake.views.desk.listed() makes them."""
    word, last, look = map(escape, (gettext("State"), gettext("Last contact"), gettext("Look at")))
    silent = status("warn", gettext("No contact for 30 days")) + SafeString(" ")
    return _table(
        [gettext("Name"), word, last, look],
        [
            format_html(
                '<tr><th scope="row"><a href="{}">{}</a></th><td data-label="{}">{}</td>'
                '<td data-label="{}">{}</td><td data-label="{}">{}{}</td></tr>\n',
                *(row.file_url, row.name, word, state(row)),
                *(last, _on(row.last_contact_at, "j F Y") if row.last_contact_at else "–"),
                *(look, silent if row.no_contact else NOTHING, _overdue(row.overdue) if row.overdue else NOTHING),
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
