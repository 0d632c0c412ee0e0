"""The buttons of SPID and CIE: `{% load eid %}{% eid_buttons next=next %}`. Their words and colours are prescribed."""

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join

register = template.Library()

# The fixed wording of the two marks, in whichever language the page is.
WORDS = {"spid": "Entra con SPID", "cie": "Entra con CIE"}


@register.simple_tag(takes_context=True)
def eid_buttons(context, process="login", next="", only=None):
    """A form for each door that the settings open; nothing where there is none. `process`: login, connect, redirect."""
    request = context["request"]
    doors = [name for name, eid in settings.EID.items() if eid["url"] and (only is None or name in only)]
    if not doors:
        return ""
    token = get_token(request)
    forms = format_html_join(
        "",
        '<form method="post" action="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="process" value="{}"><input type="hidden" name="next" value="{}">'
        '<button class="btn-eid"><img src="{}" alt="" width="32" height="32"><span>{}</span></button></form>',
        (
            (
                reverse("openid_connect_login", args=[name]),
                token,
                process,
                next,
                static(f"eid/{name}.svg"),
                WORDS[name],
            )
            for name in doors
        ),
    )
    return format_html('<div class="eid-buttons" lang="it">{}</div>', forms)
