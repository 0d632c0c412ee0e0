"""Activities and their dates: `pathways.actions.catalogue`, and how they are found: `pathways.search`."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation
from django.utils.html import escape

from migwork.errors import NotNow
from pathways import actions, search
from pathways.enums import Family
from pathways.families import ALONG, NEEDS
from pathways.models import Opportunity, Run
from tests import factories
from tests.pathways import ways


@pytest.fixture
def written(partner, edition, partner_staff, now):
    """A draft, as its partner wrote it."""
    return actions.save_opportunity(
        organisation=partner,
        edition=edition,
        family=Family.TRAINING,
        title="Addetto al caffè e alla città d’arte",
        summary="Impari a preparare bevande.",
        description="Quaranta ore dietro il bancone.",
        for_whom="Per chi ama stare con la gente.",
        what_you_get="Un attestato.",
        place="Via Dogana 2",
        contact="corsi@example.org",
        by=partner_staff,
        now=now,
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("caffè", True),
        ("CAFFE", True),
        ("citta", True),
        ("addett", True),
        ("addetta caffe", True),
        ("bevanda", True),
        ("bevande bancone", True),
        ("imparare un mestiere", True),
        ("caffè saldatura", False),
        ('"bevande preparare"', False),
        ("bevande -bancone", False),
        ("& | ! ' ( :* \\", True),
        ("d'arte", True),
        ("x" * 500, False),
    ],
)
def test_search_forgives_accents_endings_and_signs(typed, found, written):
    read = search.words_of(typed)
    matches = Opportunity.objects.filter(search=search.query_of(*read)) if read else Opportunity.objects.all()
    assert matches.exists() is found


def test_search_can_be_written_anew_for_all(written):
    indexed = Opportunity.objects.get().search
    Opportunity.objects.update(search=None)
    assert actions.renew_search() == 1
    assert indexed
    assert Opportunity.objects.get().search == indexed


def test_slugs_are_free_and_stay(written, partner_staff, now):
    fields = {name: getattr(written, name) for name in ("organisation", "edition", "family", "title", "summary")}
    twin = actions.save_opportunity(by=partner_staff, now=now, **fields)
    assert (written.slug, twin.slug) == ("addetto-al-caffe-e-alla-citta-darte", "addetto-al-caffe-e-alla-citta-darte-2")
    changed = actions.save_opportunity(opportunity=written, title="Altro", by=partner_staff, now=now)
    assert changed.slug == written.slug
    nuova = actions.save_opportunity(by=partner_staff, now=now, **fields | {"title": "Nuova"})
    assert nuova.slug == "nuova-2"


def test_a_partner_writes_only_its_own(written, other_partner, other_partner_staff, partner_staff, operator, now):
    for stranger in (other_partner_staff, operator):
        with pytest.raises(PermissionDenied):
            actions.save_opportunity(opportunity=written, title="Mio", by=stranger, now=now)
    with pytest.raises(PermissionDenied):
        actions.save_opportunity(opportunity=written, organisation=other_partner, by=partner_staff, now=now)


def test_a_macro_action_of_another_edition_is_refused(written, partner_staff, now):
    with pytest.raises(ValidationError):
        actions.save_opportunity(
            opportunity=written, macro_action=factories.MacroActionFactory(), by=partner_staff, now=now
        )


def test_staff_submit_and_the_administrator_publishes(written, partner_staff, partner_admin, now):
    with pytest.raises(PermissionDenied):
        actions.change_state(opportunity=written, verb="publish", by=partner_staff, now=now)
    with pytest.raises(NotNow):
        actions.change_state(opportunity=written, verb="publish", by=partner_admin, now=now)
    actions.change_state(opportunity=written, verb="submit", by=partner_staff, now=now)
    actions.change_state(opportunity=written, verb="publish", by=partner_admin, now=now)
    assert Opportunity.objects.published().get() == written


def test_the_catalogue_is_ordered_by_the_next_run_one_can_still_ask_for(course, partner_staff, now):
    today = now.date()
    for days in (30, 10):
        start = today + timedelta(days=days)
        actions.plan_run(
            opportunity=course,
            starts_on=start,
            ends_on=start + timedelta(days=9),
            enrol_by=start,
            hours=Decimal(8),
            places=4,
            sessions=[(ways.at(start, 14), ways.at(start, 18), "")],
            by=partner_staff,
            now=now,
        )
    course.refresh_from_db()
    assert course.next_start_on == today + timedelta(days=10)
    assert actions.refresh_next_starts(now=now) == 0
    assert actions.refresh_next_starts(now=now + timedelta(days=11)) == 1
    course.refresh_from_db()
    assert course.next_start_on == today + timedelta(days=30)
    actions.refresh_next_starts(now=now + timedelta(days=31))
    course.refresh_from_db()
    assert course.next_start_on is None


@pytest.mark.parametrize("family", Family)
def test_service_page_order(family, client, partner, edition, now):
    """Of every family, in the order people know; and each says what it asks of whoever comes."""
    course = ways.course(partner, edition, family=family, what_you_need="Una penna.")
    html = client.get(f"/opportunita/{course.slug}/").content.decode()
    parts = re.findall(r'<h2 id="(\w+)">', html)
    along = ["along"] if family in ALONG else []
    assert parts == ["who", "get", "how", "need", "when", "where", "contacts", *along]
    needs = html.partition('<h2 id="need">')[2].partition("</section>")[0]
    with translation.override("it"):
        assert escape(str(NEEDS[family])) in needs
    assert "Una penna." in needs


def test_places_are_true_now(client, course, run, participation, operator, partner_staff, now):
    """Free places and dates are read for each page: no minute’s memory hides a change."""
    page = "/opportunita/"

    def shown(**asked):
        return client.get(page, asked).content.decode()

    assert "2 posti" in shown()
    actions.enrol(run=run, participation=participation, by=operator, now=now)
    assert "1 posto" in shown()
    Run.objects.filter(pk=run.pk).update(places_taken=2)
    assert "Lista d’attesa" in shown()
    assert course.title not in shown(posti="1")
    Run.objects.filter(pk=run.pk).update(places_taken=1)
    assert course.title in shown(posti="1")
    actions.cancel_run(run=run, by=partner_staff, now=now)
    assert "date da definire" in shown()
    assert course.title not in shown(posti="1")


@pytest.mark.parametrize("year", [1, 206, 9999])
def test_a_run_in_a_year_that_can_only_be_a_slip_is_not_planned(year, course, partner_staff, now):
    start = now.date().replace(year=year)
    with pytest.raises(ValidationError) as refusal:
        actions.plan_run(
            opportunity=course,
            starts_on=start,
            ends_on=start,
            enrol_by=start,
            hours=Decimal(4),
            places=4,
            by=partner_staff,
            now=now,
        )
    assert refusal.value.code == "year"


@pytest.mark.parametrize("wrong", [{"places": 0}, {"ends": -1}, {"enrol": 99}, {"session": 50}])
def test_a_run_with_wrong_dates_is_not_planned(wrong, course, partner_staff, now):
    start = now.date() + timedelta(days=10)
    session = start + timedelta(days=wrong.get("session", 0))
    with pytest.raises(ValidationError):
        actions.plan_run(
            opportunity=course,
            starts_on=start,
            ends_on=start + timedelta(days=wrong.get("ends", 9)),
            enrol_by=start + timedelta(days=wrong.get("enrol", 0)),
            hours=Decimal(8),
            places=wrong.get("places", 4),
            sessions=[(ways.at(session, 14), ways.at(session, 18), "")],
            by=partner_staff,
            now=now,
        )
    assert not course.runs.exists()
