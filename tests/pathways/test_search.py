"""What one finds: typing errors, synonyms, facets, what is near."""

import pytest
from django.urls import reverse
from django.utils import translation

from pathways import actions
from pathways.models import CatalogueWord
from pathways.queries import catalogue
from pathways.queries.wanted import Wanted
from pathways.queries.words import slips
from tests.pathways import ways

LIST = "/opportunita/"


@pytest.fixture(autouse=True)
def _italian():
    with translation.override("it"):
        yield


@pytest.fixture
def joinery(partner, edition):
    return ways.course(partner, edition, title="Falegname per un giorno", place="Via Padova 36")


def found(q, now, **wanted):
    return catalogue.results(Wanted(q=q, **wanted), now.date())


def test_typo_is_mended_word_by_word(client, joinery, course, now):
    actions.renew_search()
    html = client.get(LIST, {"q": "giorno falegnamre"}).content.decode()
    assert "Falegname per un giorno" in html
    assert "Risultati per «<strong>giorno falegname</strong>»" in html
    assert "Hai scritto «giorno falegnamre»" in html
    assert f"{LIST}?q=giorno+falegnamre&amp;esatto=1" in html
    as_typed = client.get(LIST, {"q": "giorno falegnamre", "esatto": "1"}).content.decode()
    assert "Falegname per un giorno" not in as_typed
    assert "Hai scritto" not in as_typed


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("flaegname", "falegname"),
        ("Falegnamme", "falegname"),
        ("padvoa", "padova"),
        ("brman", "barman"),
        # Known words stay as they are, even if together they find nothing.
        ("barman falegname", ""),
        # One word that nothing is like: nothing is guessed.
        ("falegnamre xylofonista", ""),
        ("astronauta", ""),
        # Too short to say what was meant.
        ("vai", ""),
        ('"falegnamre"', ""),
    ],
)
def test_only_words_that_nobody_wrote_are_mended(typed, shown, joinery, course, now):
    actions.renew_search()
    page = found(typed, now)
    assert (page.wanted.q if page.is_mended else "") == shown


def test_filters_that_leave_nothing_are_no_typo(joinery, now):
    actions.renew_search()
    assert not found("falegname", now, family="abroad").is_mended


@pytest.mark.parametrize(
    ("typed", "meant", "beginning", "whole"),
    [
        ("falegname", "falegname", 0, 0),
        ("falegname", "falegnameria", 0, 3),
        ("falegnamre", "falegname", 1, 1),
        ("falegnamre", "falegnameria", 1, 3),
        ("abc", "", 3, 3),
    ],
)
def test_slips_are_counted(typed, meant, beginning, whole):
    assert slips(typed, meant) == (beginning, whole)


def test_words_are_known_as_long_as_they_are_published(joinery, partner_staff, partner_admin, now):
    def known():
        return set(CatalogueWord.objects.values_list("word", flat=True))

    actions.save_opportunity(opportunity=joinery, title="Intagliatore", by=partner_staff, now=now)
    assert "intagliatore" in known()
    assert CatalogueWord.objects.get(word="intagliatore").stem == "intagl"
    actions.save_opportunity(opportunity=joinery, title="Ebanista", by=partner_staff, now=now)
    actions.renew_words()
    assert "ebanista" in known()
    assert "intagliatore" not in known()
    actions.change_state(opportunity=joinery, verb="expire", by=partner_staff, now=now)
    actions.renew_words()
    assert not known()
    actions.save_opportunity(opportunity=joinery, title="Restauratore", by=partner_staff, now=now)
    assert not known()


def test_a_mended_search_stays_within_eight_queries(client, joinery, now, django_assert_max_num_queries):
    actions.renew_search()
    with django_assert_max_num_queries(8):
        client.get(reverse("pathways:opportunity-list"), {"q": "falegnamre", "eta": "20"})
