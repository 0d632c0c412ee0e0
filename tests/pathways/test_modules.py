"""Modules taken singly or as a path; for whom each was thought; whom the offer covers."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from migwork.errors import NotNow
from pathways import actions
from pathways.models import Enrolment, Module, ModulePath, Opportunity, Run
from pathways.queries import modules as queries
from reporting.coverage import bands_of, coverage
from tests import factories
from tests.foundation.refusals import assert_refused
from tests.pathways import ways
from tests.pathways.certificates import completed


@pytest.fixture
def three(partner, edition):
    """Three published activities, each with two places from a later month on than the one before."""
    found = []
    for n, title in enumerate(("Cucina di base", "Igiene degli alimenti", "In una vera cucina")):
        course = ways.course(partner, edition, title=title, situations=["neet"])
        day = timezone.localdate() + timedelta(days=20 + 40 * n)
        run = factories.RunFactory(
            opportunity=course, places=2, starts_on=day, ends_on=day + timedelta(days=30), enrol_by=day
        )
        found.append((course, run))
    return found


@pytest.fixture
def path(three, edition, partner, partner_staff, partner_admin, now):
    """Published, of the three in order."""
    made = actions.save_module_path(
        edition=edition,
        organisation=partner,
        title="Lavorare in cucina",
        summary="Dalle basi a una vera cucina.",
        goal="Sai lavorare in una cucina.",
        by=partner_staff,
        now=now,
    )
    for course, _run in three:
        actions.arrange_modules(path=made, opportunity=course, verb="add", by=partner_staff, now=now)
    return actions.change_module_path(path=made, verb="publish", by=partner_admin, now=now)


def take(path, runs, participation, now):
    user = participation.person.user
    return actions.enrol_in_modules(path=path, runs=runs, participation=participation, by=user, now=now)


def test_singly_or_as_a_path(path, three, participation, edition, as_user, now):
    """One module alone is an enrolment like any other; who did it takes only the rest, and is told once."""
    (_cooking, first), *rest = three
    user = participation.person.user
    alone = actions.enrol(run=first, participation=participation, by=user, now=now)
    Enrolment.objects.filter(pk=alone.pk).update(state="completed")
    OutgoingMessage.objects.all().delete()
    page = as_user(user).get(reverse("pathways:module-path", args=[path.slug])).text
    assert "Ne hai fatto 1 su 3" in page
    assert "Prendi quel che manca" in page
    answer = as_user(user).post(
        reverse("pathways:module-path-enrol", args=[path.slug]), {str(c.pk): str(r.pk) for c, r in rest}
    )
    assert answer.status_code == 302
    assert list(Run.objects.filter(pk__in=[r.pk for _c, r in rest]).values_list("places_taken", flat=True)) == [1, 1]
    [message] = OutgoingMessage.objects.all()
    assert "Igiene degli alimenti" in message.text
    assert "In una vera cucina" in message.text
    # In the catalogue each module names the path, and stays open alone.
    module = as_user(user).get(reverse("pathways:opportunity-detail", args=[rest[0][0].slug])).text
    assert "Lavorare in cucina" in module
    with pytest.raises(NotNow) as reason:
        take(path, [r for _c, r in rest], participation, now)
    assert reason.value.code == "again"


def test_all_modules_or_none(path, three, participation, edition, now):
    """One full module leaves everything as it was: no place, no turn on a list, no message."""
    for _n in range(2):
        other = ways.taker(edition)
        actions.enrol(run=three[2][1], participation=other, by=other.person.user, now=now)
    OutgoingMessage.objects.all().delete()
    with pytest.raises(NotNow) as reason:
        take(path, [run for _course, run in three], participation, now)
    assert reason.value.code == "full"
    assert "In una vera cucina" in reason.value.message
    assert not Enrolment.objects.filter(participation=participation).exists()
    assert sorted(Run.objects.values_list("places_taken", flat=True)) == [0, 0, 2]
    assert not OutgoingMessage.objects.exists()


def test_each_open_module_takes_its_own_dates(path, three, participation, now):
    runs = [run for _course, run in three]
    for chosen in (runs[:2], [*runs, factories.RunFactory()], [runs[0], runs[0], runs[1]]):
        with pytest.raises(NotNow) as reason:
            take(path, chosen, participation, now)
        assert reason.value.code == "dates"
    assert not Enrolment.objects.exists()


def test_nobody_is_in_two_places_at_once(path, three, participation, now):
    start = ways.at(three[0][1].starts_on, 14)
    for _course, run in three[:2]:
        factories.SessionFactory(run=run, starts_at=start, ends_at=start + timedelta(hours=2))
    with pytest.raises(NotNow) as reason:
        take(path, [run for _course, run in three], participation, now)
    assert reason.value.code == "clash"


def test_who_may_not_take_one_module_hears_which_and_why(path, three, participation, now):
    Opportunity.objects.filter(pk=three[1][0].pk).update(min_age=33)
    with pytest.raises(NotNow) as reason:
        take(path, [run for _course, run in three], participation, now)
    assert (reason.value.code, reason.value.message[:23]) == ("age", "«Igiene degli alimenti»")


def test_dates_one_after_the_other_are_proposed(path, three, participation, now):
    early = factories.RunFactory(
        opportunity=three[1][0], starts_on=three[0][1].starts_on, ends_on=three[0][1].starts_on
    )
    views = queries.modules_for(path, participation, on=timezone.localdate(now), asks=True)
    assert [view.proposed.run for view in views] == [run for _course, run in three]
    assert early in [choice.run for choice in views[1].choices]


@pytest.mark.django_db(transaction=True)
def test_a_rush_never_goes_over_the_places(now):
    """Four who take the whole path, and four who want one module each, all at once: no place twice, no path half."""
    from tests.pathways.test_race import together

    edition = factories.EditionFactory()
    path = factories.ModulePathFactory(edition=edition, state="published")
    runs = [factories.RunFactory(opportunity__edition=edition, places=2) for _n in range(3)]
    for position, run in enumerate(runs, 1):
        Module.objects.create(path=path, opportunity=run.opportunity, position=position)
    whole, single = [[factories.ParticipationFactory(edition=edition) for _n in range(4)] for _k in range(2)]

    def ask(participation, chosen):
        user = participation.person.user
        try:
            if len(chosen) > 1:
                actions.enrol_in_modules(path=path, runs=chosen, participation=participation, by=user, now=now)
            else:
                actions.enrol(run=chosen[0], participation=participation, by=user, now=now)
        except NotNow as refusal:
            assert refusal.code == "full"  # noqa: PT017

    calls = [(who, runs if n % 2 else runs[::-1]) for n, who in enumerate(whole)]
    together(ask, calls + [(who, [runs[n % 3]]) for n, who in enumerate(single)])
    taken = [(run.places_taken, run.enrolments.filter(state="enrolled").count()) for run in Run.objects.all()]
    assert all(counted == there <= 2 for counted, there in taken)
    assert (2, 2) in taken
    for who in whole:
        assert who.enrolments.count() in (0, 3)
        assert not who.enrolments.exclude(state="enrolled").exists()


def test_a_path_is_written_and_published(path, three, partner_staff, partner_admin, other_partner_staff, now):
    """Its order is changed; staff do not publish; a module that names nobody, or one module alone, makes no path."""
    third = three[2][0]
    actions.arrange_modules(path=path, opportunity=third, verb="up", by=partner_staff, now=now)
    order = [module.opportunity for module in queries.modules_in(path)]
    assert order == [three[0][0], third, three[1][0]]
    with pytest.raises(PermissionDenied):
        actions.arrange_modules(path=path, opportunity=third, verb="up", by=other_partner_staff, now=now)
    with pytest.raises(PermissionDenied):
        actions.change_module_path(path=path, verb="withdraw", by=partner_staff, now=now)
    actions.change_module_path(path=path, verb="withdraw", by=partner_admin, now=now)
    Opportunity.objects.filter(pk=third.pk).update(situations=[])
    assert _refusal(path, partner_admin, now) == "whom"
    actions.arrange_modules(path=path, opportunity=third, verb="drop", by=partner_staff, now=now)
    actions.arrange_modules(path=path, opportunity=order[0], verb="drop", by=partner_staff, now=now)
    assert _refusal(path, partner_admin, now) == "few"
    with pytest.raises(NotNow) as reason:
        actions.arrange_modules(path=path, opportunity=third, verb="add", by=partner_staff, now=now)
    assert reason.value.code == "whom"
    assert ModulePath.objects.get().state == "draft"


def _refusal(path, by, now):
    with pytest.raises(NotNow) as reason:
        actions.change_module_path(path=path, verb="publish", by=by, now=now)
    return reason.value.code


def test_names_whom_it_is_for(run, as_user, partner_staff, client):
    """The partner ticks situations and an age band; the catalogue's page invites those people."""
    course = run.opportunity
    url = reverse("pathways:activity-edit", args=[course.slug])
    form = as_user(partner_staff).get(url).context["form"]
    sent = {name: value for name, value in form.initial.items() if value not in (None, "", [], False)}
    as_user(partner_staff).post(url, sent | {"situations": ["neet", "leaving_school"], "min_age": 16, "max_age": 19})
    course.refresh_from_db()
    assert (course.situations, course.min_age, course.max_age) == (["neet", "leaving_school"], 16, 19)
    page = client.get(reverse("pathways:opportunity-detail", args=[course.slug])).text
    assert "in questo periodo non studia e non lavora" in page
    assert "Dai 16 ai 19 anni" in page
    bad = as_user(partner_staff).post(url, sent | {"situations": ["rich"]})
    assert bad.status_code == 200
    assert Opportunity.objects.get(pk=course.pk).situations == ["neet", "leaving_school"]


@pytest.fixture
def offer(partner, edition, now):
    """One module for NEET of 16 to 24, to which seven came, three of them minors; one draft; one for early leavers."""
    course = ways.course(partner, edition, situations=["neet"], min_age=16, max_age=24)
    run = ways.started_run(course, now, places=12)
    ages = [17, 17, 17, *[20] * 6]
    for age in ages:
        born = timezone.localdate(now) - timedelta(days=age * 366)
        completed(run, ways.taker(edition, birth_date=born))
    factories.RunFactory(opportunity=course, places=9, places_taken=2)
    ways.course(partner, edition, situations=["leaving_school"], min_age=16, max_age=17, state="expired")
    ways.course(partner, edition)
    return course


def test_coverage(offer, edition, as_user, coordinator, partner_staff, now, django_assert_max_num_queries):
    cells = {(c.situation, c.band): c for c in coverage(edition, timezone.localdate(now))}
    assert len(cells) == 10 * len(bands_of(edition))
    minors, adults = cells["neet", (16, 17)], cells["neet", (18, 24)]
    # Twelve places of the run under way and seven of the next.
    assert (minors.modules, minors.places, minors.people) == (1, 19, None)
    assert (adults.modules, adults.places, adults.people) == (1, 19, 6)
    assert not cells["neet", (25, 29)].is_covered
    assert not cells["leaving_school", (16, 17)].is_covered
    # At 25 nobody is under 18: nothing is missing there.
    assert [cells["newly_arrived", band].applies for band in ((16, 17), (25, 29))] == [True, False]
    visitor = as_user(coordinator)
    visitor.get(reverse("reporting:dashboard"))
    with django_assert_max_num_queries(12):
        page = visitor.get(reverse("reporting:coverage"), {"situazione": "neet", "da": "18"}).text
    assert "Non c’è ancora niente per chi…" in page
    assert "Pensa di lasciare la scuola: a ogni età" in page
    assert offer.title in page
    assert "* persone" in page
    assert "1 attività pubblicata non dice" in page
    assert as_user(partner_staff).get(reverse("reporting:coverage")).status_code == 403


def test_bands_follow_the_ages_of_the_edition(edition):
    edition.min_age, edition.max_age = 14, 27
    assert bands_of(edition) == [(14, 15), (16, 17), (18, 24), (25, 27)]
    edition.min_age, edition.max_age = 18, 40
    assert bands_of(edition) == [(18, 24), (25, 29), (30, 34), (35, 40)]


def test_refusals_of_the_database(path, three):
    module = path.modules.first()
    again = partial(Module.objects.create, path=path, opportunity=module.opportunity, position=9)
    assert_refused("module_once", again)
    other = partial(Module.objects.create, path=path, opportunity=factories.OpportunityFactory(), position=1)

    def at_once():
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        other()

    assert_refused("module_one_at_each_place", at_once)
