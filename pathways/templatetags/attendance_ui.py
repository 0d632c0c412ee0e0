"""The rows of a session's list. `{% load attendance_ui %}`; Python, as the components."""

from html import escape

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from migwork.templatetags.ui import status

register = template.Library()


@register.simple_tag
def attendance_state(attendance):
    """What is recorded, as a tag: of who came late with the hours."""
    kind = "done" if attendance.is_there else "stop"
    return status(kind, attendance.words)


@register.filter
def hours_beside(form):
    """The field of the hours beside `state`."""
    return form["state-hours"]


@register.simple_tag
def attendance_choices(bound, hours):
    """Four radios, and the hours of who came late: they show with that one."""
    radios = "".join(
        [f'<label for="{radio.id_for_label}">{radio.tag()}<span>{radio.choice_label}</span></label>' for radio in bound]
    )
    fault = f'<p class="field-error">{escape(hours.errors[0])}</p>' if hours.errors else ""
    return SafeString(
        f'<div class="register-choices">{radios}</div>'
        f'<div class="mark-more for-late" id="{hours.auto_id}_group">'
        f'<label for="{hours.id_for_label}">{escape(hours.label)}</label>{fault}{hours}</div>'
    )


@register.simple_tag
def attendance_row(row, bound, hours, session):
    """Somebody on the list of a session: to be marked here, or what stands there and a link to correct it."""
    name = escape(row.name)
    if row.limited:
        said = escape(gettext("They asked us not to use their data for now: nothing is recorded."))
        return SafeString(f'<div class="register-row"><strong>{name}</strong><p class="small muted">{said}</p></div>\n')
    said = '<p class="mark-said" hidden></p>'
    if bound is None:
        url = reverse("pathways:attendance-correct", args=[session.pk, row.pk])
        words = escape(gettext("Correct") if row.standing else gettext("Mark"))
        state = attendance_state(row.standing) if row.standing else status("warn", gettext("Not marked"))
        return SafeString(
            f'<div class="register-row is-fast" id="{row.pk}" data-row="{row.pk}"><strong>{name}</strong>'
            f'<div class="register-stands">{state}<a href="{url}">{words}<span class="visually-hidden"> {name}</span>'
            f"</a></div>{said}{attendance_changes(row)}</div>\n"
        )
    unsigned = (
        f' <span class="small muted">({gettext("A signature is missing").lower()})</span>' if row.unsigned else ""
    )
    fault = f'<p class="field-error">{escape(bound.errors[0])}</p>' if bound.errors else ""
    error = " has-error" if bound.errors or hours.errors else ""
    return SafeString(
        f'<fieldset class="register-row{error}" id="{bound.auto_id}_group" data-row="{row.pk}">'
        f'<legend id="{row.pk}">{name}{unsigned}</legend>{fault}'
        f"{attendance_choices(bound, hours)}{said}{attendance_changes(row)}</fieldset>\n"
    )


@register.simple_tag
def attendance_changes(row):
    """What stood there before, who changed it when, and why; nothing where nothing was changed."""
    if not row.changes:
        return ""
    count = len(row.changes)
    words = ngettext("Changed %(n)s time", "Changed %(n)s times", count) % {"n": count}
    lines = []
    for mark in row.changes:
        when = date_format(localtime(mark.at), "j F, H:i")
        line = gettext("%(when)s, %(who)s: “%(was)s” became “%(now)s”.") % {
            "when": when,
            "who": mark.by,
            "was": mark.was_words or gettext("nothing"),
            "now": mark.words,
        }
        reason = " " + gettext("Why: %s") % mark.reason if mark.reason else ""
        lines.append(f"<li>{escape(line)}{escape(reason)}</li>")
    return SafeString(f'<details class="changes"><summary>{escape(words)}</summary><ol>{"".join(lines)}</ol></details>')
