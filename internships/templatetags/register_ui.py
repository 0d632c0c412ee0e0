"""The days of a register. `{% load register_ui %}`; Python, as the components."""

from functools import cache
from html import escape

from django import template
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from internships.enums import DayState
from internships.forms.days import in_hours, plain
from migwork.tables import Figures, table
from migwork.templatetags.ui import status
from migwork.words import day_in_words, word_of

register = template.Library()

KINDS = {
    DayState.PROPOSED: "waiting",
    DayState.CONFIRMED: "done",
    DayState.DISPUTED: "warn",
    DayState.ABSENT: "info",
}

register.filter("in_hours", in_hours)
register.filter("plain_hours", plain)


@register.filter
def long_day(day):
    return capfirst(date_format(day, "l j F"))


@register.simple_tag
def day_state(day):
    """How a day stands, as a tag."""
    return status(KINDS[day.state], day.get_state_display())


@register.simple_tag(takes_context=True)
def month_table(context, rows, internship, may_work, is_over):
    """A month, day by day: what was planned, what is written, how it stands and, for who works on it, what to do."""
    columns = [gettext("Day"), Figures(gettext("Planned")), Figures(gettext("Hours")), gettext("How it stands")]
    hours, nothing = cache(plain), gettext("nothing said yet")
    to_do = _to_do(internship, is_over, context) if may_work else None
    cells = [
        [
            _long(row.on),
            hours(row.planned),
            hours(row.hours) if row.day else "–",
            _stands(row) if row.day else SafeString(f'<span class="muted">{escape(nothing)}</span>'),
            *([to_do(row)] if to_do else []),
        ]
        for row in rows
    ]
    return table("", [*columns, gettext("To do")] if may_work else columns, cells)


def _long(day) -> str:
    return capfirst(day_in_words(day, "l j F"))


def _stands(row) -> SafeString:
    day = row.day
    parts = [status(KINDS[day.state], word_of(day, "state"))]
    if day.absence:
        parts.append(f' <span class="small">{escape(day.get_absence_display())}</span>')
    if day.dispute:
        parts.append(f'<p class="small">{escape(day.dispute)}</p>')
    if day.note:
        parts.append(f'<p class="small"><em>{linebreaksbr(day.note)}</em></p>')
    return SafeString("".join([*parts, day_changes(row)]))


def _to_do(internship, is_over, context):
    """How to write, for each day, putting a closed one right, deciding a disputed one, the paper of an absence."""
    amend = reverse("internships:day-amend", args=[internship.pk, "x"])
    proof = reverse("internships:absence-proof", args=[internship.pk, "x"])
    put_right, paper, right = map(escape, (gettext("Put right"), gettext("Paper"), gettext("It is right")))

    def write(row) -> SafeString:
        parts, day = [], row.on.isoformat()
        name = f'<span class="visually-hidden"> {escape(_long(row.on))}</span>'
        if row.is_closed or is_over:
            parts.append(f'<a href="{amend.replace("/x/", f"/{day}/")}">{put_right}{name}</a>')
        elif row.state == DayState.DISPUTED:
            parts.append(
                f'<form method="post"><input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'
                f'<button class="btn btn-secondary btn-small" name="day" value="{day}">{right}{name}</button></form>'
            )
        if row.day and row.day.proof_id:
            parts.append(f' <a href="{proof.replace("/x/", f"/{day}/")}">{paper}{name}</a>')
        return SafeString("".join(parts))

    return write


@register.simple_tag
def slots_of(row):
    """9:00–13:00, 14:00–17:00."""
    return ", ".join(f"{date_format(slot.starts_at, 'G:i')}–{date_format(slot.ends_at, 'G:i')}" for slot in row.slots)


@register.simple_tag
def day_row(row, form, url):
    """A day on the intern's phone: three marks, what belongs to each, and how it stands."""
    name = row.on.isoformat()
    bound, hours, reason = form[name], form[f"{name}-hours"], form[f"{name}-reason"]
    radios = "".join(
        [f'<label for="{radio.id_for_label}">{radio.tag()}<span>{radio.choice_label}</span></label>' for radio in bound]
    )
    faults = "".join(
        [f'<p class="field-error">{escape(field.errors[0])}</p>' for field in (bound, hours, reason) if field.errors]
    )
    error = " has-error" if faults else ""
    when = f' <span class="small muted">{slots_of(row)}</span>' if row.slots else ""
    stands = ""
    if row.day:
        more = gettext("Note and file") if row.state == DayState.ABSENT else gettext("Your note")
        why = f'<p class="small">{escape(row.day.dispute)}</p>' if row.state == DayState.DISPUTED else ""
        stands = (
            f'<div class="day-stands">{day_state(row.day)}<a href="{url}">{escape(more)}'
            f'<span class="visually-hidden"> {escape(bound.label)}</span></a>{why}</div>'
        )
    return SafeString(
        f'<fieldset class="register-row{error}" id="{bound.auto_id}_group" data-row="{name}">'
        f"<legend>{escape(bound.label)}{when}</legend>{faults}"
        f'<div class="register-choices">{radios}</div>'
        f'<div class="mark-more for-hours" id="{hours.auto_id}_group">'
        f'<label for="{hours.id_for_label}">{escape(hours.label)}</label>{hours}</div>'
        f'<div class="mark-more for-absent" id="{reason.auto_id}_group">'
        f'<label for="{reason.id_for_label}">{escape(reason.label)}</label>{reason}</div>'
        f'<p class="mark-said" hidden></p>{stands}</fieldset>\n'
    )


@register.simple_tag
def day_changes(row):
    """What stood there before, who changed it when, and why; nothing where nothing was changed."""
    changes = row.changes
    if not changes:
        return ""
    count = len(changes)
    words = ngettext("Changed %(n)s time", "Changed %(n)s times", count) % {"n": count}
    lines = []
    for change in changes:
        line = gettext("%(when)s, %(who)s: “%(was)s” became “%(now)s”.") % {
            "when": date_format(localtime(change.at), "j F, H:i"),
            "who": hand(change),
            "was": _said(change.was_state, change.was_hours),
            "now": _said(change.state, change.hours),
        }
        reason = " " + gettext("Why: %s") % change.reason if change.reason else ""
        lines.append(f"<li>{escape(line)}{escape(reason)}</li>")
    return SafeString(f'<details class="changes"><summary>{escape(words)}</summary><ol>{"".join(lines)}</ol></details>')


def hand(change) -> str:
    """Who wrote it: somebody with an account, or the host's tutor by the link."""
    if change.link is not None:
        return gettext("%(tutor)s, by the company’s link") % {"tutor": change.link.tutor}
    return str(change.by or gettext("the portal"))


def _said(state, hours) -> str:
    if not state:
        return gettext("nothing")
    words = str(DayState(state).label)
    return words if state == DayState.ABSENT else f"{in_hours(hours)}, {words.lower()}"


@register.simple_tag
def who_closed(month):
    return str(month.closed_link.tutor if month.closed_link else month.closed_by)


@register.simple_tag
def day_url(internship, row):
    return reverse("internships:my-day", args=[internship.pk, row.on.isoformat()])
