"""The pages: what each person sees and does."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.models import Participation
from intake.queries import my_next_step
from internships import actions, showing
from internships.enums import InternshipState
from internships.forms.hosts import HostForm
from internships.models import Host, Internship, RegisterDay
from tests import factories


def page(name, *args):
    return reverse(f"internships:{name}", args=args)


def test_from_an_accepted_referral_to_a_proposed_internship_with_a_new_host(as_user, partner_staff, referral):
    marta = as_user(partner_staff)
    board = marta.get(page("board"))
    start = page("internship-create", referral.pk)
    assert start in board.content.decode()

    search = marta.get(start, {"cerca": "Bar Basso"})
    assert f"?invio={referral.pk}&amp;nome=Bar%20Basso" in search.content.decode()
    created = marta.post(
        f"{page('host-create')}?invio={referral.pk}",
        {
            "name": "Bar Basso",
            "vat_number": "00743110157",
            "sector": "Bar",
            "address": "Via Plinio 39",
            "municipality": "Milano",
            "headcount": "9",
            "tutor_name": "Carla Verdi",
            "tutor_phone": "02 29400580",
        },
    )
    host = Host.objects.get()
    assert created.url == f"{start}?azienda={host.pk}"

    form = marta.get(created.url)
    assert 'value="Tirocinio in un bar"' in form.content.decode()
    done = marta.post(
        created.url,
        {
            "unit": host.units.get().pk,
            "host_tutor": host.tutors.get().pk,
            "promoter_tutor": partner_staff.pk,
            "title": "Stare dietro al bancone",
            "starts_on": "2026-05-11",
            "ends_on": "2026-08-07",
            "weekly_hours": "32,5",
            "kind": "extracurricular",
            "eqf_level": "3",
            "remote_mode": "on_site",
        },
    )
    internship = Internship.objects.get()
    assert done.url == page("internship-detail", internship.pk)
    assert float(internship.weekly_hours) == 32.5
    assert "Bar Basso" in marta.get(done.url).content.decode()


def test_what_was_typed_is_not_lost_when_it_is_refused(as_user, partner_staff, referral, unit, host_tutor):
    address = f"{page('internship-create', referral.pk)}?azienda={unit.host_id}"
    answer = as_user(partner_staff).post(
        address, {"title": "Stare dietro al bancone", "starts_on": "2026-05-11", "ends_on": "2026-05-11"}
    )
    body = answer.content.decode()
    assert answer.status_code == 200
    assert 'value="Stare dietro al bancone"' in body
    assert "error-summary" in body
    assert not Internship.objects.exists()


def test_the_main_button_takes_the_next_step(as_user, partner_staff, internship, step, make_safe):
    """Signing follows from the papers: there the button leads to the training project."""
    marta = as_user(partner_staff)
    make_safe(internship)
    for state in ("agreed", "running"):
        if state == "running":
            body = marta.get(page("internship-detail", internship.pk)).content.decode()
            assert page("project", internship.pk) in body
            assert "Hanno firmato tutti<" not in body
            step(internship, "sign")
        body = marta.get(page("internship-detail", internship.pk)).content.decode()
        verb = body.split('name="verb" value="')[1].split('"')[0]
        assert marta.post(page("internship-step", internship.pk), {"verb": verb}).status_code == 302
        internship.refresh_from_db()
        assert internship.state == state


def test_a_step_without_its_reason_comes_back_open_with_the_error(as_user, partner_staff, internship):
    answer = as_user(partner_staff).post(page("internship-step", internship.pk), {"verb": "cancel", "reason": ""})
    body = answer.content.decode()
    assert '<details class="more" open>' in body
    assert 'href="#cancel_reason"' in body


def test_a_step_that_somebody_took_before_is_said_so(as_user, partner_staff, internship, step):
    step(internship, "agree")
    answer = as_user(partner_staff).post(page("internship-step", internship.pk), {"verb": "agree"})
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()


def test_operators_and_the_intern_read_without_buttons(as_user, operator, young_person, running):
    for user in (operator, young_person.user):
        body = as_user(user).get(page("internship-detail", running.pk)).content.decode()
        assert "Bar Basso" in body
        assert page("internship-step", running.pk) not in body
        assert page("day-create", running.pk) not in body


@pytest.mark.parametrize("state", InternshipState)
def test_the_intern_reads_every_state_in_their_own_words(as_user, young_person, internship, state):
    Internship.objects.filter(pk=internship.pk).update(state=state, reason="Perché sì")
    body = as_user(young_person.user).get(page("internship-detail", internship.pk)).content.decode()
    assert "undefined" not in body
    assert "Stare dietro al bancone" in body


def test_a_week_of_the_register_is_saved_and_corrected(as_user, partner_staff, running):
    marta = as_user(partner_staff)
    address = page("day-create", running.pk)
    body = marta.get(address).content.decode()
    # Monday was before the first day, Wednesday is tomorrow.
    assert body.count("disabled") == 6

    assert marta.post(address, {"2026-05-05": "6,5"}).status_code == 302
    assert float(running.days.get().hours) == 6.5
    assert 'value="6,5"' in marta.get(address).content.decode()
    marta.post(address, {"2026-05-05": "", "2026-05-06": "8"})
    assert not running.days.exists()
    wrong = marta.post(address, {"2026-05-05": "30"})
    assert 'value="30"' in wrong.content.decode()


def test_weeks_lead_to_each_other_inside_the_dates(as_user, partner_staff, running):
    marta = as_user(partner_staff)
    first = marta.get(page("day-create", running.pk))
    assert first.context["previous_url"] == first.context["next_url"] == ""
    assert marta.get(page("day-create", running.pk), {"settimana": "not a day"}).status_code == 200
    assert marta.get(page("day-create", running.pk), {"settimana": "0001-01-01"}).context[
        "monday"
    ] == running.starts_on - timedelta(days=running.starts_on.weekday())
    assert marta.get(page("day-create", running.pk), {"settimana": "9999-12-31"}).context["sunday"] >= running.ends_on


def test_a_referral_that_is_none_is_not_found(as_user, partner_staff):
    assert as_user(partner_staff).get(page("host-create"), {"invio": "x"}).status_code == 404


# --- what other rooms show ----------------------------------------------------------


def test_the_persons_file_and_plan_show_it(running, plan_action, participation, operator, other_partner_staff):
    section = showing.file_section(participation, operator)
    assert section["context"]["internships"] == [running]
    assert showing.file_section(participation, other_partner_staff) is None
    links = showing.action_links([plan_action], operator)
    assert links[plan_action.pk][0]["url"] == page("internship-detail", running.pk)
    assert showing.action_links([plan_action], other_partner_staff) == {}


def test_the_operator_sees_it_among_the_persons_activities(as_user, operator, running):
    address = reverse("intake:person-file", args=[running.participation_id])
    body = as_user(operator).get(address, {"s": "attivita"}).content.decode()
    assert page("internship-detail", running.pk) in body
    assert "In corso" in body


def test_a_referral_leads_to_its_internship(as_user, partner_staff, operator, referral, proposal):
    marta = as_user(partner_staff)
    address = reverse("intake:referral-detail", args=[referral.pk])
    assert page("internship-create", referral.pk) in marta.get(address).content.decode()
    internship = actions.open_internship(**proposal)
    body = marta.get(address).content.decode()
    assert page("internship-detail", internship.pk) in body
    assert page("internship-create", referral.pk) not in body
    assert [link["url"] for link in showing.referral_links(referral, operator)] == [
        page("internship-detail", internship.pk)
    ]


def test_the_young_persons_next_step_is_the_first_day(internship, step, participation, now):
    assert showing.next_steps(participation, now) == []
    step(internship, "agree", "sign")
    participation = Participation.objects.get(pk=participation.pk)
    [coming] = showing.next_steps(participation, now)
    assert coming["at"] == internship.starts_on
    assert "Bar Basso" in my_next_step(participation, now)["title"]


def test_no_signature_is_the_next_step_before_the_papers_are_sent(internship, step, participation, now):
    step(internship, "agree")
    [coming] = showing.next_steps(Participation.objects.get(pk=participation.pk), now)
    assert coming["title"] == "Il tuo tirocinio da Bar Basso si sta preparando"


def test_the_young_persons_next_step_is_today_until_its_hours_are_said(running, participation):
    def coming(day):
        again = Participation.objects.get(pk=participation.pk)
        [found] = showing.next_steps(again, datetime.combine(day, time(9), ZoneInfo("Europe/Rome")))
        return found

    monday = running.starts_on + timedelta(days=7 - running.starts_on.weekday())
    assert coming(monday)["at"] == monday
    assert coming(monday)["url"] == page("my-days", running.pk)
    assert coming(monday + timedelta(days=5))["at"] == running.ends_on  # a Saturday
    RegisterDay.objects.create(internship=running, on=monday, hours=6, state="proposed", recorded_at=timezone.now())
    assert coming(monday)["at"] == running.ends_on


# --- constant queries -----------------------------------------------------------


def queries_of(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(12) as counted:
        assert client.get(address).status_code == 200
    return len(counted)


@pytest.mark.parametrize("who", ["partner_staff", "operator"])
@pytest.mark.parametrize("query", ["", "?stato=proposed"])
def test_the_board_costs_the_same_for_one_and_for_many(
    request, as_user, partner, who, query, internship, django_assert_max_num_queries
):
    client = as_user(request.getfixturevalue(who))
    address = page("board") + query
    client.get(address)  # two of its counts are kept for a minute
    one = queries_of(client, address, django_assert_max_num_queries)
    factories.InternshipFactory.create_batch(5, promoter=partner)
    assert queries_of(client, address, django_assert_max_num_queries) == one


def test_pages_of_one_internship_cost_the_same_with_many_days_and_events(
    as_user, partner_staff, young_person, running, django_assert_max_num_queries, now
):
    for user in (partner_staff, young_person.user):
        client = as_user(user)
        address = page("internship-detail", running.pk)
        client.get(address)  # The first opening of the day is noted.
        one = queries_of(client, address, django_assert_max_num_queries)
        actions.record_days(
            internship=running, hours={now.date(): 6}, by=partner_staff, now=now
        ) or factories.RegisterDayFactory(internship=running, on=running.ends_on)
        assert queries_of(client, address, django_assert_max_num_queries) == one


def test_the_errors_of_a_host_are_listed_as_the_page_asks():
    assert list(HostForm({}).errors)[:3] == ["name", "vat_number", "address"]


def test_a_reason_that_is_asked_for_is_not_called_optional(as_user, partner_staff, internship):
    html = as_user(partner_staff).get(page("internship-detail", internship.pk)).content.decode()
    form = html.split('id="cancel_reason"')[0].rsplit("<form", 1)[1]
    assert "Perché" in form
    assert "facoltativo" not in form


def test_more_hours_than_a_day_has_are_refused_in_plain_words(as_user, partner_staff, running, now):
    day = now.date().isoformat()
    response = as_user(partner_staff).post(page("day-create", running.pk), {day: "30"})
    assert "Un giorno ha 24 ore." in response.content.decode()
