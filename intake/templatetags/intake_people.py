"""Whom one meets at the desk, and how a talk in another language stands."""

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from intake.enums import MediationState
from migwork.templatetags.ui import status
from migwork.words import word_of

register = template.Library()

KINDS = {MediationState.SPOKEN: "done", MediationState.NEEDED: "warn", MediationState.ARRANGED: "done"}


@register.simple_tag
def met(whom):
    """{% met whom %}: an operator as young people see them (queries.people.Met): face or initials, name, how soon."""
    if whom.photo:
        said = _("Portrait of %(name)s") % {"name": whom.name}
        src = reverse("intake:portrait", args=[whom.photo])
        face = format_html('<img class="face" src="{}" alt="{}" width="64" height="64" loading="lazy">', src, said)
    else:
        face = format_html('<span class="face" aria-hidden="true">{}</span>', whom.initials)
    lines = [whom.answers]
    if len(whom.languages) > 1:
        lines.append(_("Speaks %(languages)s") % {"languages": ", ".join(whom.languages)})
    return format_html(
        '<div class="met">{}<div><p class="met-name">{}</p>{}</div></div>',
        face,
        whom.name,
        format_html_join("", '<p class="muted small">{}</p>', ((line,) for line in lines if line)),
    )


@register.simple_tag
def mediation(row):
    """{% mediation appointment.mediation %}: mediator needed, Arabic."""
    words = [word_of(row, "state"), row.language.name, row.mediator]
    return status(KINDS[row.state], ": ".join(word for word in words[:2]) + (f" ({words[2]})" if words[2] else ""))
