"""The desk's pages: what they show, what a refusal keeps, how many queries they cost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.actions import merge
from accounts.models import YoungPerson
from foundation.privacy.actions import record
from foundation.questionnaires.files import read
from intake import actions, hooks
from intake.models import Appointment, Interview, Participation, PlanGoal, PlanSignature, Referral
from tests import factories

MOST_QUERIES = 12


def page(name, *args):
    return reverse(f"intake:{name}", args=args)


@pytest.fixture
def desk(as_user, operator):
    return as_user(operator)


@pytest.fixture
def phone(as_user, young_person):
    return as_user(young_person.user)


# --- reception list and walk-ins -----------------------------------------------------


def test_eleven_wait_longest_first_and_today_is_beside_them(desk, edition, operator, city, now):
    for minutes in range(11):
        factories.ParticipationFactory(edition=edition, opened_at=now - timedelta(minutes=minutes))
    received = factories.ParticipationFactory(
        edition=edition, operator=operator, state="received", last_contact_at=now - timedelta(days=31)
    )
    factories.AppointmentFactory(
        participation=received, operator=operator, organisation=city, starts_at=now + timedelta(hours=2)
    )
    response = desk.get(page("reception-list"))
    assert [row.opened_at for row in response.context["waiting"]] == [
        now - timedelta(minutes=m) for m in range(10, 0, -1)
    ]
    assert page("waiting-list") in response.text
    assert response.text.index("Oggi, ") < response.text.index("In attesa")
    assert [row.participation for row in response.context["today"]] == [received]
    assert "silent" in response.context["caseload"][0].signals


def test_the_next_ten_talks_stand_beside_who_waits_and_the_whole_day_a_tap_further(desk, received, operator, city, now):
    def talk(minutes, **more):
        return factories.AppointmentFactory(
            **{"participation": received, "operator": operator, "organisation": city, "starts_at": now, **more}
            | {"starts_at": now + timedelta(minutes=minutes), "ends_at": now + timedelta(minutes=minutes + 20)}
        )

    over, under_way = talk(-60), talk(-10)
    few = desk.get(page("reception-list"))
    coming = [talk(30 * n) for n in range(1, 13)]
    tomorrow = talk(24 * 60)
    many = desk.get(page("reception-list"))
    assert list(few.context["today"]) == [under_way]
    assert list(many.context["today"]) == [under_way, *coming[:9]]
    assert f"{page('agenda')}?tutti=1" in many.text
    assert many.queries == few.queries <= 10
    whole = desk.get(page("agenda"), {"tutti": "1"}).text
    assert whole.count(received.person.full_name) == len([over, under_way, *coming])
    assert tomorrow not in many.context["today"]


def test_the_queue_is_paged_by_the_last_one_seen(desk, edition, now):
    for minutes in range(30):
        factories.ParticipationFactory(edition=edition, opened_at=now - timedelta(minutes=minutes))
    first = desk.get(page("waiting-list"))
    second = desk.get(page("waiting-list"), {"dopo": first.context["more"]})
    assert (len(first.context["waiting"]), len(second.context["waiting"])) == (25, 5)
    assert desk.get(page("waiting-list"), {"dopo": "ieri"}).status_code == 200


def test_nobody_one_follows_is_lost_behind_the_first_ten(desk, edition, operator, now):
    for days in range(30):
        factories.ParticipationFactory(
            edition=edition, operator=operator, state="received", last_contact_at=now - timedelta(days=days)
        )
    first = desk.get(page("reception-list"))
    assert len(first.context["caseload"]) == 10
    assert page("caseload") in first.text
    whole = desk.get(page("caseload")).context
    assert len(whole["caseload"]) == 25
    assert whole["caseload"][0].last_contact_at == now - timedelta(days=29)
    rest = desk.get(page("caseload") + whole["after"]).context
    assert (len(rest["caseload"]), rest["after"], rest["before"]) == (5, "", page("caseload"))


def test_people_are_found_without_accents(desk, edition):
    person = factories.YoungPersonFactory(first_name="Niccolò", last_name="D'Àvila")
    factories.ParticipationFactory(person=person, edition=edition)
    assert "Niccolò" in desk.get(page("reception-list"), {"q": "davi"}).text
    assert "Niccolò" not in desk.get(page("reception-list"), {"q": "rossi"}).text


def test_the_story_begins_with_the_latest_fifteen_and_opens_whole(desk, participation, operator, now):
    for minutes in range(20):
        at = now - timedelta(minutes=minutes)
        record(verb="intake.received", by=operator, now=at, on=participation, about=participation.person)
    where = page("person-file", participation.pk)
    late, whole = desk.get(where), desk.get(where, {"tutto": "1"})
    assert [event.at for event in late.context["events"]] == [now - timedelta(minutes=m) for m in range(15)]
    assert 'href="?tutto=1"' in late.text
    assert (len(whole.context["events"]), 'href="?tutto=1"' in whole.text) == (20, False)
    assert late.text.index("Contatti") < late.text.index('class="timeline"')


WALK_IN = {
    "first_name": "Lea",
    "last_name": "Riva",
    "birth_date": "2006-02-01",
    "tie": "lives",
    "need": "Un lavoro",
    "channel": "walk_in",
    "next_step": "Colloquio giovedì",
}


def test_a_walk_in_is_there_and_received_with_one_page(desk, edition):
    response = desk.post(page("person-create"), WALK_IN)
    participation = Participation.objects.get(person__last_name="Riva")
    assert response.url == page("person-file", participation.pk)
    assert (participation.state, participation.channel) == ("received", "walk_in")
    assert participation.reception.need == "Un lavoro"


def test_who_may_not_take_part_leaves_nothing_and_the_page_keeps_what_was_typed(desk, edition):
    response = desk.post(page("person-create"), {**WALK_IN, "birth_date": "1980-02-01"})
    assert response.status_code == 200
    assert "Un lavoro" in response.text
    assert response.context["form"].non_field_errors()
    assert not YoungPerson.objects.exists()


def test_a_wrong_number_is_said_at_the_field(desk, edition):
    response = desk.post(page("person-create"), {**WALK_IN, "phone": "1"})
    assert list(response.context["form"].errors) == ["phone"]
    assert not YoungPerson.objects.exists()


# --- appointments --------------------------------------------------------------------


def booking(operator, **more):
    return {
        "date": "2026-05-06",
        "time": "11:00",
        "minutes": "30",
        "kind": "interview",
        "mode": "place",
        "operator": str(operator.pk),
        **more,
    }


@pytest.mark.parametrize(
    "slip", [{"date": "0001-01-01", "time": "00:00"}, {"date": "9999-12-31", "time": "23:59"}, {"date": "0206-05-06"}]
)
def test_a_year_that_can_only_be_a_slip_is_said_at_the_field(desk, participation, operator, slip):
    response = desk.post(page("appointment-create", participation.pk), booking(operator, **slip))
    assert list(response.context["form"].errors) == ["date"]


def test_booking_and_the_sentence_when_the_hour_is_taken(desk, participation, operator, other_operator):
    where = page("appointment-create", participation.pk)
    assert desk.post(where, booking(operator)).status_code == 302
    assert Appointment.objects.get().starts_at.isoformat() == "2026-05-06T09:00:00+00:00"
    refused = desk.post(where, booking(operator, place="via Dogana"))
    assert refused.context["form"].errors["time"]
    assert "via Dogana" in refused.text
    assert desk.post(where, booking(other_operator)).status_code == 302


def test_an_hour_that_the_clock_skips_is_refused(desk, participation, operator):
    response = desk.post(
        page("appointment-create", participation.pk), booking(operator, date="2027-03-28", time="02:30")
    )
    assert "time" in response.context["form"].errors
    assert not Appointment.objects.exists()


def test_an_hour_in_the_night_is_refused_beside_the_hour_and_nothing_is_lost(desk, participation, operator):
    response = desk.post(page("appointment-create", participation.pk), booking(operator, time="03:00", place="via X"))
    assert "dalle 7 alle 21" in response.context["form"].errors["time"][0]
    assert "via X" in response.text
    assert not Appointment.objects.exists()


def test_an_outcome_leads_back_to_this_portal_only(desk, appointment, now):
    where = page("appointment-outcome", appointment.pk)
    assert desk.post(where, {"verb": "dance", "next": "//evil.example"}).url.startswith("/persone/")
    assert desk.post(where, {"verb": "excuse", "next": "/accoglienza/"}).url == "/accoglienza/"
    appointment.refresh_from_db()
    assert appointment.state == "excused"


# --- the interview ---------------------------------------------------------------------


@pytest.fixture
def interview(received, questionnaire, operator, now):
    return actions.start_interview(participation=received, by=operator, now=now)


def at(interview):
    return page("interview-section", interview.pk, "wishes")


def test_the_interview_is_saved_read_and_closed(desk, interview):
    assert "Amina Bianchi" in desk.get(at(interview)).text
    done = desk.post(at(interview), {"version": "0", "wish": "Fare la barista"})
    assert done.url == page("interview-detail", interview.pk)
    assert "Fare la barista" in desk.get(done.url).text
    desk.post(page("interview-complete", interview.pk))
    assert desk.get(at(interview)).url == page("interview-detail", interview.pk)
    assert desk.post(at(interview), {"version": "1", "wish": "Altro"}).status_code == 200
    interview.sheet.refresh_from_db()
    assert interview.sheet.answers["wishes"] == {"wish": "Fare la barista"}


def test_saving_as_one_types_answers_with_the_hour_and_the_next_version(desk, interview):
    answer = desk.post(at(interview), {"version": "0", "wish": "Fare"}, headers={"HX-Request": "true"})
    assert "10:00" in answer.text
    assert 'value="1"' in answer.text
    again = desk.post(at(interview), {"version": "1", "wish": "Fare la barista"}, headers={"HX-Request": "true"})
    assert 'value="2"' in again.text


def test_a_second_tab_sees_both_and_loses_nothing(desk, as_user, other_operator, interview):
    desk.post(at(interview), {"version": "0", "wish": "Fare la barista"})
    other = as_user(other_operator)
    typed = {"version": "0", "wish": "Fare la cuoca"}
    quiet = other.post(at(interview), typed, headers={"HX-Request": "true"})
    assert 'name="version"' not in quiet.text  # typing on must not overwrite by itself
    both = other.post(at(interview), typed)
    assert "Fare la barista" in both.text
    assert "Fare la cuoca" in both.text
    assert both.context["form"]["version"].value() == 1
    other.post(at(interview), {"version": "1", "wish": "Barista o cuoca"})
    interview.sheet.refresh_from_db()
    assert interview.sheet.answers["wishes"] == {"wish": "Barista o cuoca"}


def test_a_session_that_ended_keeps_the_page_and_leads_back(client, interview):
    quiet = client.post(at(interview), {"version": "0", "wish": "x"}, headers={"HX-Request": "true"})
    assert quiet.status_code == 200
    assert "HX-Redirect" not in quiet.headers
    assert at(interview) in quiet.text


def test_without_javascript_the_sign_in_leads_back_to_the_section(client, interview):
    typed = {"version": "0", "wish": "x"}
    away = client.post(at(interview), typed, headers={"Referer": f"http://testserver{at(interview)}"})
    assert away.url == f"{reverse('account_login')}?next={at(interview)}"
    strange = client.post(at(interview), typed, headers={"Referer": "https://evil.example/x"})
    assert "evil" not in strange.url


def test_starting_twice_goes_on_with_the_open_one(desk, received, questionnaire):
    first = desk.post(page("interview-start", received.pk))
    assert desk.post(page("interview-start", received.pk)).url == first.url
    assert Interview.objects.count() == 1


def test_the_real_questionnaire_is_well_formed_in_both_languages(settings):
    key, _title, definition = read(settings.BASE_DIR / "intake" / "questionnaires" / "first-interview.toml")
    assert key == "first-interview"
    for section in definition["sections"]:
        for part in (section, *section["questions"]):
            assert set(part.get("label", part.get("title"))) == {"it", "en"}


# --- the plan ---------------------------------------------------------------------------


def test_a_plan_of_one_goal_takes_four_clicks(desk, phone, received, young_person):
    desk.post(page("plan-start", received.pk))
    desk.post(page("plan-edit", received.pk), {"template": "first-job"})
    assert "Scrivere il curriculum" in desk.get(page("plan-edit", received.pk)).text
    desk.post(page("plan-propose", received.pk), {"review_on": "2026-08-05"})
    plan = received.plan
    mine = phone.get(page("my-plan"))
    assert page("plan-agree", plan.pk) in mine.text
    assert "Trovare un primo lavoro" in phone.get(page("plan-agree", plan.pk)).text
    for _ in range(2):  # a double tap
        assert phone.post(page("plan-agree", plan.pk), {"version": "1"}).url == page("my-plan")
    assert PlanSignature.objects.count() == 2


def test_one_goal_from_the_list_or_in_ones_own_words(desk, plan):
    where = page("plan-edit", plan.participation.pk)
    assert desk.post(where, {}).context["form"].non_field_errors()
    assert desk.post(where, {"template": "first-job", "title": "Altro"}).status_code == 200
    assert desk.post(where, {"title": "Fare la fiorista"}).status_code == 302
    goal = PlanGoal.objects.get()
    desk.post(page("goal-edit", goal.pk), {"title": "Diventare fiorista"})
    desk.post(page("action-create", goal.pk), {"title": "Chiamare", "kind": "errand", "due_on": "2026-05-20"})
    action = goal.actions.get()
    desk.post(page("action-edit", action.pk), {"title": "Scrivere", "kind": "errand", "due_on": "2026-05-21"})
    goal.refresh_from_db()
    action.refresh_from_db()
    assert (goal.title, action.title) == ("Diventare fiorista", "Scrivere")
    assert (
        desk.post(page("action-edit", action.pk), {"title": "x", "kind": "errand", "due_on": "2026-05-01"})
        .context["form"]
        .non_field_errors()
    )
    desk.post(page("action-edit", action.pk), {"drop": "1"})
    desk.post(page("goal-edit", goal.pk), {"drop": "1"})
    action.refresh_from_db()
    assert action.state == "dropped"


def test_a_plan_that_waits_for_a_yes_is_looked_at_not_gone_on_with(desk, proposed):
    file = page("person-file", proposed.participation.pk)
    [main] = [row for row in desk.get(file).text.split("<") if row.startswith("a ") and "btn-primary" in row]
    assert 'href="?s=piano"' in main


def sent_once(desk, where, **typed):
    """What the form at `where` sends: with its token."""
    token = re.search(r'name="once" value="([^"]+)"', desk.get(where).text)[1]
    return {**typed, "once": token}


def test_a_second_tap_without_javascript_adds_no_second_goal(desk, plan):
    where = page("plan-edit", plan.participation.pk)
    typed = sent_once(desk, where, title="Fare la barista")
    assert desk.post(where, typed).url == desk.post(where, typed).url == where
    assert plan.goals.count() == 1
    # Back to the page from the browser's memory, and other words: that is another goal.
    desk.post(where, {**typed, "title": "Fare la cuoca"})
    assert plan.goals.count() == 2


def test_a_second_tap_adds_no_second_step_and_a_refused_one_may_be_tried_again(desk, goal):
    where = page("action-create", goal.pk)
    typed = sent_once(desk, where, title="Curriculum", kind="errand", due_on="2026-05-04")
    assert [desk.post(where, typed).status_code for _ in range(2)] == [200, 200]
    typed["due_on"] = "2026-05-20"
    assert [desk.post(where, typed).status_code for _ in range(2)] == [302, 302]
    assert goal.actions.count() == 1


def test_looking_at_the_plan_agrees_to_nothing(phone, proposed):
    phone.get(page("plan-agree", proposed.pk))
    proposed.refresh_from_db()
    assert proposed.state == "proposed"


def test_a_draft_is_not_shown_before_it_is_proposed(phone, plan, action):
    assert "curriculum" not in phone.get(page("my-plan")).text


def test_the_young_person_marks_an_errand_and_takes_it_back(phone, agreed, action):
    assert "Scrivere il curriculum" in phone.get(page("my-plan")).context["next"]["title"]
    phone.post(page("action-done", action.pk))
    action.refresh_from_db()
    assert action.state == "done"
    phone.post(page("action-done", action.pk), {"undo": "1"})
    action.refresh_from_db()
    assert action.state == "to_do"


def test_what_comes_first_is_the_next_step(phone, agreed, action, appointment, monkeypatch, now):
    assert "Sara" in phone.get(page("my-plan")).context["next"]["title"]
    monkeypatch.setattr(hooks.next_steps, "_functions", [])
    hooks.next_steps.register(
        lambda participation, now: [
            {"at": now + timedelta(hours=1), "title": "Lezione", "detail": "", "url": "", "label": ""}
        ]
    )
    assert phone.get(page("my-plan")).context["next"]["title"] == "Lezione"


def test_what_later_rooms_offer_stands_beside_the_step(phone, agreed, action, monkeypatch):
    monkeypatch.setattr(hooks.action_links, "_functions", [])
    hooks.action_links.register(
        lambda actions, user: {a.pk: [{"label": "Trova un corso", "url": "/corsi/", "state": ""}] for a in actions}
    )
    assert "Trova un corso" in phone.get(page("my-plan")).text


# --- referrals --------------------------------------------------------------------------


def test_a_partner_sees_what_they_need_and_no_more(as_user, desk, agreed, action, partner, partner_staff, now):
    participation = agreed.participation
    desk.post(
        page("referral-create", participation.pk),
        {
            "organisation": str(partner.pk),
            "purpose": "internship",
            "plan_action": str(action.pk),
            "note": "Ama i cavalli",
        },
    )
    referral = Referral.objects.get()
    office = as_user(partner_staff)
    assert "Amina" in office.get(page("referral-list")).text
    assert office.get(page("person-file", participation.pk)).url == page("referral-detail", referral.pk)
    shown = office.get(page("referral-detail", referral.pk)).text
    assert "Ama i cavalli" in shown
    assert "Lavorare in un bar" in shown
    assert "Un corso" not in shown  # what was said at the first talk
    assert "Altro" not in shown
    refused = office.post(page("referral-answer", referral.pk), {"decline": "1", "answer": ""})
    assert refused.context["form"].non_field_errors()
    office.post(page("referral-answer", referral.pk), {"accept": "1", "answer": "Volentieri"})
    referral.refresh_from_db()
    assert referral.state == "accepted"


# --- the file and what pages cost ---------------------------------------------------------


@pytest.mark.parametrize("section", ["", "colloqui", "piano", "invii", "attivita", "boh"])
def test_every_section_of_the_file(desk, agreed, appointment, referral, interview, section):
    response = desk.get(page("person-file", agreed.participation.pk), {"s": section})
    assert "Amina Bianchi" in response.text


def test_the_file_tells_what_only_some_have(desk, participation, operator, city, now):
    person, where = participation.person, page("person-file", participation.pk)
    texts = ("<h2>Appuntamenti</h2>", "Né telefono né e-mail", "/annulla/")
    assert [text in desk.get(where).text for text in texts] == [False, False, False]
    factories.AppointmentFactory(
        participation=participation, operator=operator, organisation=city, starts_at=now + timedelta(hours=2)
    )
    factories.PreferenceFactory(about=person.pk, closed=["email", "sms"])
    double = factories.YoungPersonFactory()
    way = factories.ParticipationFactory(person=double, edition=participation.edition)
    merge(kept=person, merged=double, reason="Lo dice la carta", by=operator, now=now)
    assert [text in desk.get(where).text for text in texts] == [True, True, True]
    # Into what was put together with another file no work goes.
    folded = desk.get(page("person-file", way.pk))
    assert (folded.context["may_work"], desk.get(where).context["may_work"]) == (False, True)


def test_the_file_leads_to_who_signs_and_to_the_safe_contact(as_user, desk, coordinator, edition, now):
    minor = factories.ParticipationFactory(
        edition=edition, person__birth_date=now.date().replace(year=now.year - 16, day=1)
    )
    where, signs = page("person-file", minor.pk), reverse("accounts:representatives", args=[minor.person_id])
    shown = desk.get(where).text
    assert signs in shown
    assert "Non è ancora indicato nessuno" in shown
    assert reverse("accounts:safe-contact", args=[minor.person_id]) in shown
    assert "Casa non è sicura" not in shown
    factories.RepresentationFactory(
        person=minor.person, representative__first_name="Fatima", representative__last_name="Verdi"
    )
    YoungPerson.objects.filter(pk=minor.person_id).update(
        safe_contact=True, safe_channel="sms", safe_address="+393330001112"
    )
    shown = desk.get(where).text
    assert "Fatima Verdi" in shown
    assert "Casa non è sicura" in shown
    assert "+393330001112" in shown
    assert signs not in as_user(coordinator).get(where).text
    YoungPerson.objects.filter(pk=minor.person_id).update(birth_date=now.date().replace(year=now.year - 18, day=1))
    assert signs not in desk.get(where).text


def test_coordinators_read_the_file_without_the_talks(as_user, coordinator, agreed, operator):
    response = as_user(coordinator).get(page("person-file", agreed.participation.pk), {"s": "colloqui"})
    assert response.context["section"] == ""
    assert page("plan-edit", agreed.participation.pk) not in response.text


def rows_for(count, edition, operator, city, participation, partner, now):
    """`count` more of everything that lists show."""
    plan = getattr(participation, "plan", None) or factories.PlanFactory(participation=participation, state="agreed")
    for number in range(count):
        factories.ParticipationFactory(edition=edition, opened_at=now - timedelta(minutes=number))
        followed = factories.ParticipationFactory(
            edition=edition, operator=operator, state="in_progress", last_contact_at=now
        )
        factories.PlanActionFactory(goal__plan__participation=followed, due_on=now.date() - timedelta(days=3))
        taken = Appointment.objects.count()
        factories.AppointmentFactory(
            participation=participation,
            operator=operator,
            organisation=city,
            starts_at=now + timedelta(minutes=10 + 31 * taken),
        )
        goal = factories.PlanGoalFactory(plan=plan)
        factories.PlanActionFactory(goal=goal)
        factories.ReferralFactory(participation=participation, organisation=partner, state="accepted", sent_by=operator)
        actions.add_goal(plan=plan, title=f"Obiettivo {number}", by=operator, now=now)


@pytest.mark.parametrize(
    "address",
    [
        lambda p: page("reception-list"),
        lambda p: page("reception-list") + "?q=bian",
        lambda p: page("caseload"),
        lambda p: page("person-create"),
        lambda p: page("person-file", p.pk),
        lambda p: page("person-file", p.pk) + "?s=colloqui",
        lambda p: page("person-file", p.pk) + "?s=piano",
        lambda p: page("person-file", p.pk) + "?s=invii",
        lambda p: page("person-file", p.pk) + "?s=attivita",
        lambda p: page("reception-create", p.pk),
        lambda p: page("appointment-create", p.pk),
        lambda p: page("plan-edit", p.pk),
        lambda p: page("plan-propose", p.pk),
        lambda p: page("referral-create", p.pk),
    ],
)
def test_the_desks_pages_cost_the_same_whatever_the_rows(
    desk, participation, edition, operator, city, partner, now, address
):
    costs = []
    for more in (1, 4):
        rows_for(more, edition, operator, city, participation, partner, now)
        participation.refresh_from_db()
        if not costs:
            # Only the first opening of a file within an hour is noted.
            desk.get(address(participation))
        with CountQueries() as counted:
            assert desk.get(address(participation)).status_code == 200
        costs.append(counted.number)
    assert costs[0] == costs[1] <= MOST_QUERIES


def test_my_plan_and_the_partners_list_cost_the_same_whatever_the_rows(
    phone, as_user, participation, edition, operator, city, partner, partner_staff, now
):
    office, costs = as_user(partner_staff), []
    for more in (1, 4):
        rows_for(more, edition, operator, city, participation, partner, now)
        participation.plan.state = "agreed"
        participation.plan.save()
        with CountQueries() as mine:
            phone.get(page("my-plan"))
        with CountQueries() as theirs:
            office.get(page("referral-list") + "?stato=accepted")
        costs.append((mine.number, theirs.number))
    assert costs[0] == costs[1]
    assert max(costs[0]) <= MOST_QUERIES


class CountQueries:
    """How many queries a block makes, savepoints aside."""

    def __enter__(self):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        self.capture = CaptureQueriesContext(connection)
        self.capture.__enter__()
        return self

    def __exit__(self, *args):
        self.capture.__exit__(*args)
        self.number = sum("SAVEPOINT" not in query["sql"] for query in self.capture.captured_queries)


@pytest.mark.parametrize("name", ["representatives", "safe-contact", "person-messages"])
def test_the_desks_pages_about_a_person_lead_back_to_the_file(as_user, operator, participation, name):
    page = as_user(operator).get(reverse(f"accounts:{name}", args=[participation.person_id])).content.decode()
    assert reverse("intake:person-file", args=[participation.pk]) in page


def test_no_work_is_offered_in_a_file_that_was_folded_or_is_limited(desk, participation, operator, edition, now):
    def offers_work():
        text = desk.get(page("person-file", participation.pk)).content.decode()
        return page("interview-start", participation.pk) in text

    row = Participation.objects.filter(pk=participation.pk)
    row.update(state="received", operator=operator)
    assert offers_work()
    YoungPerson.objects.filter(pk=participation.person_id).update(limited_at=now)
    assert not offers_work()
    YoungPerson.objects.filter(pk=participation.person_id).update(limited_at=None)
    row.update(merged_into=factories.ParticipationFactory(edition=edition))
    assert not offers_work()


@pytest.mark.parametrize("signers", [0, 2])
def test_a_file_and_a_plan_read_nothing_that_they_have_not(
    as_user, operator, participation, signers, now, django_assert_num_queries
):
    """Who asks, the way with its marks, who opened it; then the story of the file, the steps of the plan."""
    person = participation.person
    person.birth_date = now.date() - timedelta(days=17 * 365)
    person.save()
    for order in range(signers):
        factories.RepresentationFactory(person=person, order=order + 1)
    plan = factories.PlanFactory(participation=participation)
    factories.PlanActionFactory(goal=factories.PlanGoalFactory(plan=plan))
    client = as_user(operator)
    for page in ("intake:person-file", "intake:plan-edit"):
        address = reverse(page, args=[participation.pk])
        client.get(address)
        with django_assert_num_queries(4):
            client.get(address)
    factories.PlanGoalFactory(plan=plan, title="Nothing for it yet")
    assert "Nothing for it yet" in client.get(address).content.decode()
