"""How the desk's states look: a shape and a colour beside their word."""

from functools import lru_cache

from django import template
from django.utils import formats
from django.utils.translation import get_language

from migwork.templatetags.ui import status

register = template.Library()

KINDS = {
    # a participation
    "registered": "waiting",
    "received": "going",
    "interviewed": "going",
    "plan_draft": "going",
    "plan_agreed": "going",
    "in_progress": "going",
    "closed": "done",
    "dropped": "stop",
    # an appointment
    "booked": "waiting",
    "seen": "done",
    "excused": "info",
    "cancelled": "stop",
    "no_show": "warn",
    # a plan and its steps
    "draft": "todo",
    "proposed": "waiting",
    "agreed": "done",
    "to_do": "todo",
    "doing": "going",
    "done": "done",
    # a referral
    "sent": "waiting",
    "accepted": "done",
    "declined": "stop",
    # a section of an interview
    "not_started": "todo",
    "incomplete": "going",
    "complete": "done",
}


@lru_cache(maxsize=512)
def _word(model, name, value, language):
    """What get_FOO_display() says, which asks all choices anew for each row."""
    return str(dict(model._meta.get_field(name).flatchoices)[value])


@lru_cache(maxsize=512)
def _drawn(model, value, language):
    return status(KINDS[value], _word(model, "state", value, language))


@register.simple_tag
def state(row):
    """{% state appointment %}: the state's word with its shape, for anything that has a `state`."""
    return _drawn(type(row), row.state, get_language())


@register.filter
def word(row, name):
    """{{ appointment|word:"kind" }}: the word of a field with choices, in lists quicker than get_kind_display."""
    return _word(type(row), name, getattr(row, name), get_language())


@register.filter
def kind_of(value):
    """The kind (see `status`) of a state's value."""
    return KINDS[value]


@register.filter
def hours(number):
    """Hours as people write them: 40, 2,5."""
    return formats.localize(number.quantize(1) if number == int(number) else number)


@register.simple_tag(takes_context=True)
def part(context, section):
    """A later room's section of the file, see intake.hooks.file_sections."""
    template = context.template.engine.get_template(section["template"])
    with context.push(section["context"]):
        return template.render(context)
