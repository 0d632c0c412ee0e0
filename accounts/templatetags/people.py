"""Ways from the pages of accounts to those of later rooms: `{% load people %}`."""

from django import template
from django.utils.translation import get_language

from accounts import hooks
from accounts.forms import countries

register = template.Library()


@register.simple_tag(takes_context=True)
def file_of(context, person) -> str:
    """The address of the person's file for who is signed in, or ""."""
    addresses = hooks.file_addresses.call(person=person, user=context["request"].user)
    return next(filter(None, addresses), "")


@register.filter
def country(code: str) -> str:
    """The name of a country by its two letters; what is no country's stays as it is."""
    return dict(countries(get_language() or "it")).get(code, code)
