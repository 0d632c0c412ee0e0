"""What one finds: typing errors, synonyms, facets, what is near."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from pathways import actions
from pathways.models import CatalogueWord, Synonym
from pathways.queries import catalogue
from pathways.queries.wanted import Wanted
from pathways.queries.words import slips
from tests import factories
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
        # One word that nothing is like: the others are looked for without it, if there are any.
        ("falegnamre xylofonista", "falegname"),
        ("astronauta", ""),
        # The beginning of a long word is no slip of another.
        ("padovagrafica", ""),
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
    "typed",
    [
        "corso falegname gratis",
        "voglio fare il falegname",
        "falegname vicino a me",
        "falegname Bovisa",
        "falegname 16 anni",
    ],
)
def test_words_that_say_nothing_are_left_out_where_nothing_has_them(typed, client, joinery):
    actions.renew_search()
    html = client.get(LIST, {"q": typed}).content.decode()
    assert titles(html) == ["Falegname per un giorno"]
    assert f"Niente ha tutte le parole di «{typed}». Ecco che cosa c’è per «<strong>falegname</strong>»." in html


def test_who_asks_for_what_is_true_of_all_sees_all(client, joinery):
    actions.renew_search()
    html = client.get(LIST, {"q": "corsi gratuiti Milano"}).content.decode()
    assert titles(html) == ["Falegname per un giorno"]
    assert "Qui è tutto così: «corsi gratuiti Milano»." in html
    as_typed = client.get(LIST, {"q": "corsi gratuiti Milano", "esatto": "1"}).content.decode()
    assert not titles(as_typed)


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


def options(html, name) -> dict:
    """What a list offers, each with its count as written."""
    body = re.search(rf'<select id="{name}".*?</select>', html, re.S)[0]
    return dict(re.findall(r'<option value="([^"]+)"[^>]*>[^<]*?(?: \(([\d+]+)\))?</option>', body))


def test_facets_with_counts(client, partner, edition, now):
    today = now.date()

    def offer(title, starts_in, taken=0, **fields):
        activity = ways.course(partner, edition, title=title, **fields)
        day = today + timedelta(days=starts_in)
        return factories.RunFactory(
            opportunity=activity, starts_on=day, ends_on=day, enrol_by=day, places=2, places_taken=taken
        )

    offer("Cucina di casa", 1, family="training", municipio=1, min_age=16, max_age=20)
    offer("Cucina del mondo", 40, taken=2, family="training", municipio=2, language="en")
    offer("Cucina e parole", 41, family="study", municipio=2, language="en", min_age=25)
    offer("Sartoria", 1, family="study", municipio=3)
    actions.renew_search()
    html = client.get(LIST, {"q": "cucina"}).content.decode()
    assert options(html, "famiglia") == {"training": "2", "study": "1"}
    assert options(html, "municipio") == {"1": "1", "2": "2"}
    assert options(html, "lingua") == {"it": "1", "en": "2"}
    month = f"{today + timedelta(days=40):%Y-%m}"
    assert options(html, "quando") == {"settimana": "1", "mese": "1", month: "2"}
    ages = options(html, "eta")
    assert (ages["16"], ages["22"], ages["30"]) == ("2", "1", "2")
    assert "Solo con posti liberi (2)" in html

    # Each filter is counted as if it alone were not set.
    html = client.get(LIST, {"q": "cucina", "famiglia": "training", "lingua": "en"}).content.decode()
    assert options(html, "famiglia") == {"training": "1", "study": "1"}
    assert options(html, "lingua") == {"it": "1", "en": "1"}
    assert options(html, "municipio") == {"2": "1"}
    assert "Solo con posti liberi (0)" in html
    html = client.get(LIST, {"q": "cucina", "quando": month, "posti": "1"}).content.decode()
    assert titles(html) == ["Cucina e parole"]
    assert options(html, "famiglia") == {"study": "1"}
    assert options(html, "quando") == {"settimana": "1", "mese": "1", month: "1"}


def titles(html):
    return re.findall(r'class="card-title"><a [^>]*>([^<]*)<', html)


def test_facets_say_no_more_than_two_hundred(client, partner, edition, now):
    factories.OpportunityFactory.create_batch(201, organisation=partner, edition=edition, family="training")
    assert options(client.get(LIST).content.decode(), "famiglia") == {"training": "200+"}


@pytest.mark.parametrize("many", [0, catalogue.MOST])
def test_near_me(many, partner, edition, now):
    for municipio in (6, 2, None, 1, 3, 9, 2):
        ways.course(partner, edition, municipio=municipio)
    factories.OpportunityFactory.create_batch(many, organisation=partner, edition=edition, municipio=5)
    address, seen = f"{LIST}?vicino=2", []
    while address:
        page = catalogue.results(Wanted.read(QueryDict(address.partition("?")[2])), now.date())
        seen += [card["when_where"].rpartition("Municipio ")[2] for card in page.cards]
        address = page.more
    assert seen[:5] == ["2", "2", "1", "3", "9"]
    assert len(seen) == 7 + many
    assert "6" in seen[5:]


@pytest.mark.parametrize(
    ("municipio", "beside"), [(1, set(range(2, 10))), (2, {1, 3, 9}), (5, {1, 4, 6}), (9, {1, 2, 8})]
)
def test_municipi_that_touch(municipio, beside):
    assert set(catalogue.beside(municipio)) == beside


def test_near_home_is_offered_to_whom_we_know(as_user, young_person, joinery, now):
    young_person.municipio = 4
    young_person.save()
    page = as_user(young_person.user).get(LIST)
    assert f'href="{LIST}?vicino=4"' in page.content.decode()


def test_a_period_that_is_over_is_left_out(client, joinery):
    assert "Falegname" in client.get(LIST, {"quando": "2019-01"}).content.decode()


def test_three_facets_and_a_typo_stay_within_eight_queries(client, joinery, now, django_assert_max_num_queries):
    actions.renew_search()
    asked = {"q": "falegnamre", "famiglia": joinery.family, "eta": "20", "lingua": "it", "vicino": "3"}
    with django_assert_max_num_queries(8):
        assert titles(client.get(LIST, asked).content.decode()) == ["Falegname per un giorno"]


@pytest.fixture
def barista(partner, edition):
    return ways.course(partner, edition, title="Barista in sala")


@pytest.fixture
def same(coordinator, now):
    """`same("barman", "barista")`: a group of words that mean the same."""

    def write(*words, group=None):
        return actions.save_synonyms(words=words, group=group, by=coordinator, now=now)

    return write


def shown(client, q, **asked):
    return titles(client.get(LIST, {"q": q, **asked}).content.decode())


def test_synonyms_of_the_staff(client, barista, joinery, same):
    """Search knows them at once, in both directions, by stems and without accents, and says so."""
    actions.renew_search()
    assert shown(client, "mescitore") == []
    group = same("mescitore", "Barista", "addetto mescita")
    for typed in ("mescitore", "Mescitori", "MESCÌTORE", "addetti alla mescita", "mescitore sala"):
        assert shown(client, typed) == ["Barista in sala"], typed
    assert shown(client, "mescitore falegname") == []
    html = client.get(LIST, {"q": "mescitore"}).content.decode()
    assert "Cercato anche: Barista, addetto mescita." in html
    assert shown(client, "mescitore", esatto="1") == []
    # Facets count what is shown.
    assert options(html, "famiglia") == {barista.family: "1"}
    # A word of the staff is mended as those of the catalogue are, tonight too.
    actions.renew_words()
    assert shown(client, "mescitoer") == ["Barista in sala"]
    same("mescitore", "falegname", group=group)
    assert shown(client, "mescitore") == ["Falegname per un giorno"]
    assert shown(client, "falegname") == ["Falegname per un giorno"]
    assert shown(client, "barista") == ["Barista in sala"]


def test_both_directions_and_whole_words_only(client, partner, edition, same):
    ways.course(partner, edition, title="Aprire la partita IVA")
    ways.course(partner, edition, title="Bussola e vela")
    actions.renew_search()
    same("mettersi in proprio", "partita IVA", "bus")
    assert shown(client, "mettersi in proprio") == ["Aprire la partita IVA"]
    assert shown(client, "vela mettersi in proprio") == []
    assert shown(client, "aprire bus") == ["Aprire la partita IVA"]
    # What means the same is a whole word: "bus" is not the beginning of "bussola" here, only where it is typed.
    assert "Bussola e vela" not in shown(client, "partita iva")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["barman"], "few"),
        (["barista", "baristi", "BARISTÀ"], "few"),
        (["barman", "di"], "empty"),
        (["barman", "!!"], "empty"),
        (["barman", "chi sta dietro al bancone"], None),
        (["barman", "x" * 61], None),
        ([f"parola{n}qx" for n in range(13)], "many"),
        (["cuoco", "barman"], "taken"),
    ],
)
def test_groups_that_the_search_could_not_use_are_refused(words, code, same):
    same("barman", "barista")
    with pytest.raises(ValidationError) as refusal:
        same(*words)
    (error,) = refusal.value.error_dict["words"]
    assert error.code in (code, None)
    assert Synonym.objects.count() == 2


def test_only_who_looks_after_the_catalogue_writes_synonyms(same, partner_admin, operator, now):
    group = same("barman", "barista")
    for stranger in (partner_admin, operator):
        with pytest.raises(PermissionDenied):
            actions.save_synonyms(words=["cuoco", "chef"], by=stranger, now=now)
        with pytest.raises(PermissionDenied):
            actions.remove_synonyms(group=group, by=stranger, now=now)


def test_a_group_that_is_taken_out_is_no_more_looked_for(client, barista, same, coordinator, now):
    actions.renew_search()
    group = same("mescitore", "barista")
    assert shown(client, "mescitore") == ["Barista in sala"]
    actions.remove_synonyms(group=group, by=coordinator, now=now)
    assert shown(client, "mescitore") == []


def test_a_search_with_synonyms_stays_within_eight_queries(client, barista, same, django_assert_max_num_queries):
    same("mescitore", "barista")
    actions.renew_search()
    asked = {"famiglia": barista.family, "eta": "20", "lingua": "it", "vicino": "3"}
    with django_assert_max_num_queries(8):
        assert shown(client, "mescitoer", **asked) == ["Barista in sala"]


def test_the_page_of_synonyms_asks_the_same_number_of_queries(as_user, coordinator, same, django_assert_num_queries):
    page = as_user(coordinator)
    page.get("/attivita/sinonimi/")
    same("barman", "barista")
    with CaptureQueriesContext(connection) as one:
        page.get("/attivita/sinonimi/")
    for n in range(4):
        same(f"alfa{n}", f"beta{n}", f"gamma{n}")
    with django_assert_num_queries(len(one)):
        html = page.get("/attivita/sinonimi/").content.decode()
    assert "alfa3, beta3, gamma3" in html
    assert "barman, barista" in page.get("/attivita/sinonimi/", {"parola": "Baristi"}).content.decode()
    assert "alfa3" not in page.get("/attivita/sinonimi/", {"parola": "Baristi"}).content.decode()
