"""Who is expected at the desk, written row by row: the words of a button once for the list."""

from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext

from migwork.links import link_to
from migwork.templatetags.ui import once

register = template.Library()


@register.simple_tag(takes_context=True)
def queue_expected(context, talks):
    """The talks of queries.expected_today(): when, who, with whom, and a button that puts them into the queue."""
    here, join = get_current_timezone(), link_to("intake:queue-join")
    csrf = f'<input type="hidden" name="csrfmiddlewaretoken" value="{context["csrf_token"]}">'
    button = f'<button class="btn btn-secondary btn-small">{escape(gettext("Is here"))}'
    lines = []
    for talk in talks:
        at, who = talk.starts_at.astimezone(here), escape(talk.participation.person.full_name)
        lines.append(
            f'<li><div><time datetime="{at.isoformat()}">{at:%H:%M}</time> {who}'
            f'<span class="muted"> · {escape(str(talk.operator))}</span></div>'
            f'<form method="post" action="{join(talk.participation_id)}">{csrf}{once()}'
            f'{button}<span class="visually-hidden"> {who}</span></button></form></li>'
        )
    return SafeString(f'<ul class="queue-expected">{"".join(lines)}</ul>')
