"""{% translate %} and {% url %} say what Django's say, in every language and for every key."""

from uuid import UUID

import pytest
from django.template import Context, Template, engines
from django.urls import NoReverseMatch, reverse
from django.utils import translation

KEY = UUID("0b7bd1d2-5b0e-4c39-9a35-8d1f6f0f3a11")


def said(text, **context):
    return Template("{% load i18n ui %}" + text).render(Context(context))


def test_words_are_those_of_the_moments_language():
    page = engines["django"].from_string('{% load i18n ui %}{% translate "Sign out" %}')
    for language, words in [("it", "Esci"), ("en", "Sign out"), ("it", "Esci")]:
        with translation.override(language):
            assert page.render() == words


def test_words_that_come_from_elsewhere_are_looked_up_each_time():
    page = engines["django"].from_string("{% load i18n ui %}{% translate words %}")
    with translation.override("it"):
        assert [page.render({"words": words}) for words in ("Sign out", "<b>")] == ["Esci", "&lt;b&gt;"]


@pytest.mark.parametrize(
    ("name", "key"),
    [("intake:person-file", KEY), ("pathways:session-attendance", 42), ("pathways:activity-detail", "attivita-3")],
)
def test_addresses_of_one_page_after_another(name, key):
    assert said("{% url name key %}", name=name, key=key) == reverse(name, args=[key])
    assert said("{% url name %}", name="intake:reception-list") == reverse("intake:reception-list")
    assert said("{% url name key as here %}{{ here }}", name=name, key=key) == reverse(name, args=[key])


def test_an_address_that_does_not_exist_is_an_error():
    with pytest.raises(NoReverseMatch):
        said('{% url "intake:nowhere" %}')
    with pytest.raises(NoReverseMatch):
        said('{% url "intake:reception-list" key %}', key=KEY)
