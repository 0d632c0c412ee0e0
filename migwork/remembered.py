"""{% translate %} and {% url %} as Django's, but they remember what they found; `{% load ui %}` brings them.

A page has thirty to sixty of them: looked up anew each time they are a tenth of what it costs.
"""

from functools import cache
from uuid import UUID

from django import template
from django.conf import settings
from django.template.defaulttags import url as djangos_url
from django.templatetags.i18n import do_translate
from django.urls import NoReverseMatch, get_urlconf, reverse
from django.utils.translation import get_language

from migwork.links import KEY, NUMBER, link_to

# The kinds of key whose place in an address is found once; any other is left to Django.
_HOLDERS = {UUID: KEY, int: NUMBER}


def translate(parser, token):
    """{% translate "Story" %}: words that stand in the template are looked up once in each language."""
    node = do_translate(parser, token)
    varies = node.filter_expression.var.literal is None or node.filter_expression.filters
    return node if varies or node.message_context or settings.DEBUG else _Words(node)


class _Words(template.Node):
    def __init__(self, node):
        self.node, self.said = node, {}
        self.name, node.asvar = node.asvar, None

    def render(self, context):
        language = get_language()
        words = self.said.get(language)
        if words is None:
            words = self.said[language] = self.node.render(context)
        if self.name is None:
            return words
        context[self.name] = words
        return ""


def url(parser, token):
    """{% url "intake:plan-edit" plan.pk %}: what stands around the key is found once for each page."""
    node = djangos_url(parser, token)
    return node if node.kwargs or len(node.args) > 1 else _Address(node)


class _Address(template.Node):
    def __init__(self, node):
        self.node = node
        self.name, node.asvar = node.asvar, None

    def render(self, context):
        if self.name is None:
            return self.address(context)
        try:
            context[self.name] = self.address(context)
        except NoReverseMatch:
            context[self.name] = ""
        return ""

    def address(self, context):
        name = self.node.view_name.resolve(context)
        if not self.node.args:
            return _page(name, get_urlconf())
        key = self.node.args[0].resolve(context)
        holder = _HOLDERS.get(type(key))
        return self.node.render(context) if holder is None else link_to(name, holder)(key)


@cache
def _page(name, urlconf):
    return reverse(name, urlconf)
