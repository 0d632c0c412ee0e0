"""The buttons beside each part of a form that is being written."""

from django import template
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def part_button(context, step, section="", question="", what="", seen="", revision=""):
    """{% part_button "up" section.key row.key what=row.label %}: a button that changes the draft by one step."""
    words = {
        "up": _("Up"),
        "down": _("Down"),
        "out": _("Take out"),
        "publish": _("Publish this version"),
        "drop": _("Throw the draft away"),
    }
    looks = {"publish": "btn-primary", "drop": "btn-danger", "out": "btn-danger btn-small"}
    told = {
        "csrfmiddlewaretoken": get_token(context["request"]),
        "section": section,
        "question": question,
        "seen": seen,
        "revision": revision,
    }
    hidden = format_html_join(
        "", '<input type="hidden" name="{}" value="{}">', ((k, v) for k, v in told.items() if v not in ("", None))
    )
    return format_html(
        '<form method="post" action="{}">{}<button class="btn {}" name="step" value="{}">{}{}</button></form>',
        reverse("intake:questionnaire-step", args=[context["current"].key]),
        hidden,
        looks.get(step, "btn-secondary btn-small"),
        step,
        words[step],
        format_html('<span class="visually-hidden"> {}</span>', what) if what else "",
    )
