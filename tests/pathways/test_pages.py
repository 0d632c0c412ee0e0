"""What the pages show and how much they ask of the database."""

from datetime import time, timedelta

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format

from pathways import actions, intake_parts
from pathways.families import family_in
from pathways.models import Opportunity, Run
from pathways.queries import catalogue
from pathways.queries.catalogue import PAGE, Wanted
from tests import factories
from tests.pathways import ways

LIST = "/opportunita/"


@pytest.fixture(autouse=True)
def _italian():
    with translation.override("it"):
        yield


def many(partner, edition, count, **fields):
    """`count` published courses, each with a run that starts a day later than the last."""
    for n in range(count):
        run = factories.RunFactory(opportunity=ways.course(partner, edition, **fields), places=3)
        run.starts_on += timedelta(days=n)
        run.ends_on += timedelta(days=n)
        run.enrol_by = run.starts_on
        run.save()


def refreshed(now):
    actions.refresh_next_starts(now=now)


@pytest.mark.parametrize(("count", "words"), [(1, "1 risultato"), (2, "2 risultati"), (PAGE + 1, "19 risultati")])
def test_the_count_is_right_and_so_is_its_plural(count, words, client, partner, edition, now):
    many(partner, edition, count)
    refreshed(now)
    html = client.get(LIST).content.decode()
    assert words in html


def test_beyond_two_hundred_it_says_more_than(client, partner, edition, now):
    factories.OpportunityFactory.create_batch(catalogue.MOST, organisation=partner, edition=edition, family="training")
    one_more = ways.course(partner, edition, family="training")
    for asked in ({}, {"famiglia": "training"}):
        assert "Più di 200 risultati" in client.get(LIST, asked).content.decode()
    one_more.delete()
    # That there are many is remembered for a minute.
    caches["process"].clear()
    assert "200 risultati" in client.get(LIST, {"famiglia": "training"}).content.decode()


def test_an_empty_catalogue_says_what_to_do(client, edition):
    assert "Le prime attività arrivano presto" in client.get(LIST).content.decode()
    html = client.get(LIST + "?q=astronauta").content.decode()
    assert "Non abbiamo trovato niente così" in html
    assert "Vedi tutto" in html


def test_pages_follow_each_other_without_a_gap(client, partner, edition, now):
    many(partner, edition, PAGE + 5)
    factories.OpportunityFactory(organisation=partner, edition=edition, title="Senza date")
    refreshed(now)
    seen = [card["title"] for card in cards_of_all_pages(LIST, now)]
    expected = list(Opportunity.objects.published().in_order().values_list("title", flat=True))
    assert seen == expected
    assert seen[-1] == "Senza date"


def cards_of_all_pages(address, now) -> list[dict]:
    seen = []
    while address:
        wanted = Wanted.read(QueryDict(address.partition("?")[2]))
        page = catalogue.results(wanted, now.date())
        seen += page.cards
        address = page.more
    return seen


@pytest.mark.parametrize("number", [PAGE + 2, catalogue.MOST + 2])
def test_a_search_reads_in_order_whether_it_finds_few_or_many(number, partner, edition, now):
    many(partner, edition, number, title="Cucina", family="training")
    many(partner, edition, 1, title="Altro", family="training")
    refreshed(now)
    actions.renew_search()
    slugs = Opportunity.objects.filter(title="Cucina").in_order().values_list("slug", flat=True)
    expected = [f"{LIST}{slug}/" for slug in slugs]
    for _again in range(2):
        assert [card["url"] for card in cards_of_all_pages(f"{LIST}?q=cucina&posti=1", now)] == expected
        count = catalogue.results(Wanted(q="cucina"), now.date()).count
        assert count == ("Più di 200 risultati" if number > catalogue.MOST else f"{number} risultati")


def test_htmx_gets_the_results_alone_and_then_the_cards_alone(client, partner, edition, now):
    many(partner, edition, PAGE + 1)
    refreshed(now)
    part = client.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<section id="results"')
    more = catalogue.results(Wanted(), now.date()).more
    cards = client.get(more, headers={"HX-Request": "true"}).content.decode()
    assert cards.count('class="card"') == 1
    assert "<section" not in cards


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("famiglia=training", True),
        ("famiglia=abroad", False),
        ("famiglia=nonsense", True),
        ("municipio=1", True),
        ("municipio=2", False),
        ("municipio=99", True),
        ("eta=20", True),
        ("eta=12", False),
        ("eta=-5", True),
        ("posti=1", True),
        ("dopo=x_99999999999999999999", True),
        ("dopo=2026-99-99_1", True),
        ("azione=<script>", True),
    ],
)
def test_filters_narrow_and_nonsense_is_left_out(query, found, client, partner, edition, now):
    many(partner, edition, 1, title="Trova me")
    refreshed(now)
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert ("Trova me" in response.content.decode()) is found


def test_free_places_are_never_old(client, course, now):
    run = factories.RunFactory(opportunity=course, places=1)
    assert "1 posto" in client.get(LIST).content.decode()
    Run.objects.filter(pk=run.pk).update(places_taken=1)
    assert "Lista d’attesa" in client.get(LIST).content.decode()
    assert "Non abbiamo trovato niente" in client.get(LIST + "?posti=1").content.decode()


def test_a_full_run_gives_way_to_the_next_with_places(course, now):
    factories.RunFactory(opportunity=course, places=1, places_taken=1)
    later = factories.RunFactory(opportunity=course, places=5)
    later.starts_on += timedelta(days=5)
    later.save()
    card = catalogue.results(Wanted(), now.date()).cards[0]
    assert "5 posti" in card["state"]


def test_titles_are_escaped(client, course, run):
    Opportunity.objects.update(title="<b>Barman</b>", place="<i>qui</i>", summary="</script><script>alert(1)</script>")
    for address in (LIST, f"{LIST}{course.slug}/"):
        html = client.get(address).content.decode()
        assert "<b>Barman" not in html
        assert "<i>qui" not in html
        assert "</script><script>alert" not in html


def test_drafts_are_seen_by_who_runs_them_alone(as_user, client, course, partner_staff, other_partner_staff):
    Opportunity.objects.update(state="draft")
    address = f"{LIST}{course.slug}/"
    assert client.get(address).status_code == 404
    assert as_user(other_partner_staff).get(address).status_code == 404
    assert as_user(partner_staff).get(address).status_code == 200


def test_why_one_can_or_cannot_enrol(as_user, course, run, participation, now):
    page = as_user(participation.person.user)
    assert "la tua età va bene" in page.get(f"{LIST}{course.slug}/").content.decode()
    participation.person.birth_date = now.date().replace(year=now.year - 15)
    participation.person.save()
    html = page.get(f"{LIST}{course.slug}/").content.decode()
    assert "Perché non puoi iscriverti" in html
    assert ": 15." in html
    assert reverse("pathways:run-enrol", args=[run.pk]) not in html
    assert reverse("portal:talk") in html.split("<main")[1]


@pytest.mark.parametrize(("age", "told"), [(17, True), (19, False)])
def test_minors_stay_told_of_the_signature_once_enrolled(as_user, run, participation, now, age, told):
    call_command("load_purposes", verbosity=0)
    participation.person.birth_date = run.starts_on.replace(year=run.starts_on.year - age, day=1)
    participation.person.save()
    page = as_user(participation.person.user)
    response = page.post(reverse("pathways:run-enrol", args=[run.pk]), {"azione": ""}, follow=True)
    assert ("Manca una firma" in response.content.decode()) is told


def test_enrolling_from_the_plan(as_user, run, participation, plan_action):
    page = as_user(participation.person.user)
    address = reverse("pathways:run-enrol", args=[run.pk])
    assert "checked" in page.get(f"{address}?azione={plan_action.pk}").content.decode()
    response = page.post(address, {"azione": str(plan_action.pk)}, follow=True)
    assert "Hai un posto" in response.content.decode()
    # A second tap, or the page sent again, leads to the same enrolment.
    assert page.post(address, {"azione": ""}, follow=True).redirect_chain == response.redirect_chain
    links = intake_parts.action_links([plan_action], participation.person.user)
    assert links[plan_action.pk][0]["url"] == response.redirect_chain[0][0]


def test_the_plan_says_where_to_look_and_the_file_where_to_enrol(participation, plan_action, operator):
    young = intake_parts.action_links([plan_action], participation.person.user)[plan_action.pk]
    desk = intake_parts.action_links([plan_action], operator)[plan_action.pk]
    assert young[0]["url"] == f"{LIST}?famiglia=training&azione={plan_action.pk}"
    assert desk[0]["url"] == reverse("pathways:person-enrol", args=[participation.pk])


def test_the_next_session_is_a_next_step(run, participation, now):
    session = factories.SessionFactory(run=run)
    assert intake_parts.next_steps(participation, now) == []
    actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)
    assert [step["at"] for step in intake_parts.next_steps(participation, now)] == [session.starts_at]


def test_an_operator_enrols_a_person_of_the_file(as_user, operator, run, participation, plan_action):
    address = reverse("pathways:person-enrol", args=[participation.pk])
    response = as_user(operator).post(address, {"run": str(run.pk), "azione": str(plan_action.pk)}, follow=True)
    assert "Iscrizione fatta." in response.content.decode()
    enrolment = run.enrolments.get()
    assert (enrolment.asked_by, enrolment.plan_action) == (operator, plan_action)
    again = as_user(operator).post(address, {"run": str(run.pk)})
    assert "Sei già" in again.content.decode()


def test_planning_a_run_makes_its_sessions_also_across_the_change_of_the_clock(as_user, course, partner_staff, now):
    form = {
        "starts_on": "2026-10-19",
        "ends_on": "2026-10-30",
        "weekdays": ["MO", "WE"],
        "every": "1",
        "start": "14:00",
        "end": "18:00",
        "places": "12",
        "enrol_by": "2026-10-15",
    }
    page = as_user(partner_staff)
    address = reverse("pathways:run-create", args=[course.slug])
    days = page.post(address, form).context["days"].fields["days"].initial
    assert page.post(address, form | {"shown": "1", "days": days}).status_code == 302
    run = course.runs.get()
    local = [session.starts_at.astimezone(ways.ROME) for session in run.sessions.all()]
    assert [(start.day, start.time()) for start in local] == [(d, time(14)) for d in (19, 21, 26, 28)]
    assert {start.utcoffset() for start in local} == {timedelta(hours=2), timedelta(hours=1)}
    assert run.hours == 16
    wrong = page.post(address, form | {"weekdays": ["SU"], "places": "0"})
    assert "12" not in wrong.context["form"].errors
    assert set(wrong.context["form"].errors) == {"places"}


def test_a_person_left_unmarked_is_named_and_nothing_is_lost(as_user, course, partner_staff, edition, now):
    run = ways.started_run(course, now)
    people = [ways.taker(edition, first_name=name) for name in ("Amina", "Luca")]
    for person in people:
        actions.enrol(run=run, participation=person, by=person.person.user, now=now)
    first, second = run.enrolments.order_by("asked_at", "participation__person__first_name")
    address = reverse("pathways:session-attendance", args=[run.sessions.first().pk])
    page = as_user(partner_staff)
    wrong = page.post(address, {str(first.pk): "present"}).content.decode()
    assert "Indica se c’era." in wrong
    assert wrong.count(" checked") == 1
    assert page.get(address + "?tutti=present").content.decode().count(" checked") == 2
    assert page.post(address, {str(first.pk): "present", str(second.pk): "absent"}).status_code == 302
    assert page.get(address).content.decode().count(" checked") == 2


# --- queries: the same number whatever the rows ------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_catalogue_asks_little(rows, client, partner, edition, now, django_assert_max_num_queries):
    many(partner, edition, rows)
    client.get(LIST)
    with django_assert_max_num_queries(3):
        client.get(LIST)


def people_in(run, edition, count, now):
    for _n in range(count):
        person = ways.taker(edition)
        actions.enrol(run=run, participation=person, by=person.person.user, now=now)


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("activity-list", "partner_staff"),
        ("activity-list", "coordinator"),
        ("activity-detail", "partner_staff"),
        ("run-detail", "partner_staff"),
        ("run-complete", "partner_staff"),
        ("session-attendance", "partner_staff"),
        ("opportunity-detail", "young_person"),
        ("enrolment-list", "young_person"),
        ("person-enrol", "operator"),
    ],
)
def test_pages_ask_the_same_whatever_the_rows(
    name, who, request, as_user, course, edition, partner, participation, now, django_assert_num_queries
):
    user = request.getfixturevalue(who)
    page = as_user(getattr(user, "user", user))
    run = ways.started_run(course, now, places=3)
    arguments = {
        "activity-detail": [course.slug],
        "opportunity-detail": [course.slug],
        "run-detail": [run.pk],
        "run-complete": [run.pk],
        "session-attendance": [run.sessions.first().pk],
        "person-enrol": [participation.pk],
    }
    address = reverse(f"pathways:{name}", args=arguments.get(name, []))
    actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)
    people_in(run, edition, 1, now)
    page.get(address)
    with CaptureQueriesContext(connection) as few:
        page.get(address)
    people_in(run, edition, 5, now)
    for _n in range(3):
        other = ways.started_run(ways.course(partner, edition), now)
        actions.enrol(run=other, participation=participation, by=participation.person.user, now=now)
    assert len(few) <= 12
    with django_assert_num_queries(len(few)):
        page.get(address)


@pytest.mark.parametrize(
    ("title", "family"),
    [
        ("Iscriversi a un corso per imparare un mestiere", "training"),
        ("Frequentare un corso di italiano", "study"),
        ("Partecipare a un percorso di orientamento agli studi", "orientation"),
        ("Seguire una giornata di lavoro dal vivo (job shadowing)", "job_shadowing"),
        ("Partecipare a un percorso sulle mie competenze", "soft_skills"),
        ("Seguire un laboratorio di autoimprenditorialità", "self_entrepreneurship"),
        ("Partecipare a un incontro sulla mobilità europea", "abroad"),
        ("Qualcosa di bello", ""),
    ],
)
def test_a_step_of_the_plan_leads_to_the_family_it_speaks_of(title, family):
    assert family_in(title) == family


def test_an_accepted_course_leads_the_partner_on(as_user, participation, partner, partner_staff, operator, run, now):
    sent = {"organisation": partner, "purpose": "training", "sent_by": operator}
    referral = factories.ReferralFactory(participation=participation, **sent)
    where = reverse("intake:referral-detail", args=[referral.pk])
    marta = as_user(partner_staff)
    assert reverse("pathways:activity-list") not in main_of(marta.get(where))
    referral.state, referral.answered_at, referral.answered_by = "accepted", now, partner_staff
    referral.save()
    accepted = main_of(marta.get(where))
    assert reverse("pathways:activity-list") in accepted
    assert "Ora contatta" in accepted
    actions.enrol(run=run, participation=participation, by=operator, now=now)
    assert reverse("pathways:run-detail", args=[run.pk]) in main_of(marta.get(where))


def main_of(response):
    return response.content.decode().split("<main", 1)[1].split("</main>")[0]


def test_no_select_begins_with_dashes(as_user, partner_staff):
    html = as_user(partner_staff).get(reverse("pathways:activity-create")).content.decode()
    assert "-----" not in html
    assert html.count("Scegli…") >= 2


def test_a_run_whose_attendance_is_missing_leads_there_first(as_user, partner, partner_staff, edition, now):
    run = ways.started_run(ways.course(partner, edition, title="Barman"), now)
    html = main_of(as_user(partner_staff).get(reverse("pathways:run-complete", args=[run.pk])))
    assert reverse("pathways:session-attendance", args=[run.sessions.first().pk]) in html
    assert "<form" not in html


def test_dates_of_a_draft_say_what_comes_first(as_user, partner, edition, partner_staff):
    run = factories.RunFactory(opportunity=ways.course(partner, edition, state="draft"))
    page = as_user(partner_staff).get(reverse("pathways:run-detail", args=[run.pk])).text
    assert "Nessuno può ancora iscriversi" in page
    assert "Ci si iscrive dal catalogo" not in page
    run.opportunity.state = "published"
    run.opportunity.save(update_fields=["state"])
    page = as_user(partner_staff).get(reverse("pathways:run-detail", args=[run.pk])).text
    assert "Nessuno può ancora iscriversi" not in page


def test_a_single_day_stands_once(as_user, run, operator):
    run.starts_on = run.ends_on
    run.save(update_fields=["starts_on"])
    page = as_user(operator).get(reverse("pathways:run-together", args=[run.pk])).text
    assert page.count(date_format(run.ends_on, "j F")) == 1
    assert date_format(run.ends_on, "j F Y") in page


def test_who_gave_the_place_back_reads_what_to_do_next(as_user, run, participation, now):
    user = participation.person.user
    enrolment = actions.enrol(run=run, participation=participation, by=user, now=now)
    actions.withdraw(enrolment=enrolment, by=user, now=now)
    page = as_user(user).get(reverse("pathways:enrolment-detail", args=[enrolment.pk])).text
    assert "Trova qualcos’altro" in page
    assert "cambiare idea" in page
