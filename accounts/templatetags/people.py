"""Ways from the pages of accounts to those of later rooms: `{% load people %}`."""

from django import template

from accounts import hooks

register = template.Library()


@register.simple_tag(takes_context=True)
def file_of(context, person) -> str:
    """The address of the person's file for who is signed in, or ""."""
    addresses = hooks.file_addresses.call(person=person, user=context["request"].user)
    return next(filter(None, addresses), "")
