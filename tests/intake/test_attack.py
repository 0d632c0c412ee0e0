"""What strangers, slips of the keyboard and two tabs at once try at the desk's newer pages."""

import threading
from datetime import date, timedelta
from functools import partial

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.actions import anonymise_person, merge
from accounts.enums import Role
from accounts.models import User, YoungPerson
from foundation.communications.models import OutgoingMessage
from foundation.questionnaires import actions as forms
from foundation.questionnaires.definitions import fingerprint, part_of
from foundation.questionnaires.files import read as read_form
from intake import actions, calendars
from intake.models import (
    MOST_ENTRIES,
    Appointment,
    Cover,
    Handover,
    OutsideReferral,
    Participation,
    PlanGoal,
    SafeguardingRecord,
    Slot,
    StepEvidence,
    TalkFeedback,
)
from intake.queries.feedback import token_of as token_of_feedback
from intake.queries.followup import follow_up_token
from intake.queries.outside import token_of as token_of_outside
from migwork.errors import NotNow
from programme.models import Organisation
from tests import factories
from tests.access.test_limits import from_elsewhere
from tests.intake.test_evidence import picture


def at_once(*jobs) -> list:
    """Do all `jobs`, each in a thread and a connection of its own, beginning together; what became of them."""
    answers, ready = [], threading.Barrier(len(jobs))

    def run(job):
        ready.wait()
        try:
            job()
            answers.append("done")
        except NotNow as refusal:
            answers.append(getattr(refusal, "code", None) or "refused")
        except Exception as error:
            answers.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(answers)


class Here:
    """The project as of now: threads live in real time."""

    def __init__(self):
        self.edition = factories.project(code="mig-work", name="MiG-Work")
        self.city = Organisation.objects.get(code="comune-di-milano")
        self.now = timezone.now()
        self.operator, self.other = (factories.member(Role.OPERATOR, self.city) for _ in range(2))
        self.way = factories.ParticipationFactory(edition=self.edition, operator=self.operator, state="received")


@pytest.fixture
def here(transactional_db):
    return Here()


def test_two_covers_over_the_same_days(here):
    def cover(by):
        day = timezone.localdate(here.now)
        return lambda: actions.arrange_cover(
            away=here.operator, stands_in=here.other, first_day=day, last_day=day, by=by, now=here.now
        )

    for _again in range(5):
        assert at_once(*[cover(here.operator), cover(here.other)] * 4) == ["done"] + ["twice"] * 7
        Cover.objects.all().delete()


def test_moved_and_called_off_at_once(here):
    slots = [
        factories.SlotFactory(
            availability__organisation=here.city,
            availability__operator=here.operator,
            starts_at=here.now + timedelta(days=2, hours=number),
        )
        for number in range(3)
    ]
    young = here.way.person.user
    for _again in range(5):
        booked = actions.book_slot(participation=here.way, slot=slots[0], kind="reception", by=young, now=here.now)
        common = {"appointment": booked, "now": here.now}
        answers = at_once(
            partial(actions.move_appointment, slot=slots[1], by=young, **common),
            partial(actions.move_appointment, slot=slots[2], by=young, **common),
            partial(actions.cancel_own_appointment, by=young, **common),
            partial(actions.record_outcome, verb="cancel", by=here.operator, **common),
        )
        assert set(answers) <= {"done", "over", "workflow"}, answers
        held = Appointment.objects.filter(state="booked").count()
        assert sum(Slot.objects.values_list("taken", flat=True)) == held == 0


def test_handed_over_by_two_at_once(here):
    third = factories.member(Role.OPERATOR, here.city)

    def give(to):
        return lambda: actions.hand_over(participations=[here.way], to=to, by=here.operator, now=here.now)

    answers = at_once(give(here.other), give(third))
    assert (answers.count("done"), Handover.objects.count()) == (1, 1), answers


def test_a_link_answered_twice_at_once(here):
    referral = factories.OutsideReferralFactory(participation=here.way, sent_by=here.operator)

    def answer(verb):
        return lambda: actions.answer_outside(referral=referral, verb=verb, answer="Sì", by=None, now=here.now)

    answers = at_once(*[answer("accept"), answer("decline")] * 3)
    assert answers.count("done") == 1, answers
    assert OutsideReferral.objects.get().state in ("accepted", "declined")


def test_closed_twice_at_once(here):
    record = factories.SafeguardingRecordFactory(concerns=here.way.person_id, owner=here.operator)

    def close():
        actions.close_safeguarding(record=record, outcome="Al sicuro", by=here.operator, now=here.now)

    def end():
        actions.end_participation(participation=here.way, ending="moved", by=here.operator, now=here.now)

    for job in (close, end):
        answers = at_once(*[job] * 4)
        assert answers.count("done") == 1, answers
    assert SafeguardingRecord.objects.get().state == "closed"
    assert here.way.follow_ups.count() == 2


def test_the_same_file_taken_away_twice(here):
    plan = factories.PlanFactory(participation=here.way)
    step = factories.PlanActionFactory(goal=factories.PlanGoalFactory(plan=plan))
    evidence = factories.StepEvidenceFactory(action=step, added_by=here.operator, file__about=here.way.person_id)

    def remove():
        actions.remove_evidence(evidence=evidence, by=here.operator, now=here.now)

    assert at_once(*[remove] * 4) == ["done"] * 4


def test_a_goal_given_up_in_one_tab_and_worked_on_in_another(here):
    """Who comes second reads that it is gone: no error page, and nothing hangs on what is no more."""
    plan = factories.PlanFactory(participation=here.way)

    common = {"by": here.operator, "now": here.now}

    def drop(goal):
        actions.drop_goal(goal=goal, **common)

    def reword(goal):
        actions.change_goal(goal=goal, title="Altro", project="life", **common)

    def add(goal):
        day = timezone.localdate(here.now) + timedelta(days=1)
        actions.add_action(goal=goal, title="Chiamare", kind="errand", due_on=day, **common)

    for second in (reword, add, drop):
        goal = factories.PlanGoalFactory(plan=plan)
        stale = PlanGoal.objects.get(pk=goal.pk)
        actions.drop_goal(goal=goal, **common)
        assert at_once(lambda second=second, stale=stale: second(stale)) == ["gone"]


FAR = ["9999-12-31", "0001-01-01", "-999999999-01-01", "2026-02-29", "2026-13-45", "٣", "1e309", "infinity", "(" * 500]


@pytest.mark.parametrize("day", FAR)
def test_a_day_that_nobody_means_breaks_no_page(as_user, participation, young_person, operator, day):
    """Past the year's ends no clock can count: an error page in the hours that one books."""
    pages = [(young_person.user, "booking-hours", ["reception"], "da"), (operator, "agenda", [], "giorno")]
    for user, name, args, parameter in pages:
        page = reverse(f"intake:{name}", args=args)
        assert as_user(user).get(page, {parameter: day}).status_code == 200


@pytest.fixture
def unsafe_home(received):
    """Somebody whom nobody may call at home."""
    person = received.person
    person.phone, person.email = "+390212345678", "casa@example.org"
    person.safe_contact = True
    person.save()
    return person


@pytest.mark.parametrize(("channel", "address"), [("", ""), ("sms", "+393331234567"), ("email", "amica@example.org")])
def test_nobody_is_led_to_a_home_that_is_not_safe(
    unsafe_home, received, referral, as_user, operator, partner_staff, now, channel, address
):
    """A partner's page, the list of calls, the list of who waits, and the number that "call me" offers."""
    unsafe_home.safe_channel, unsafe_home.safe_address = channel, address
    unsafe_home.save()
    sara, young = as_user(operator), as_user(unsafe_home.user)
    missed = factories.AppointmentFactory(
        participation=received, operator=operator, starts_at=now - timedelta(hours=3), state="no_show"
    )
    calls, partner = reverse("intake:call-list"), reverse("intake:referral-detail", args=[referral.pk])
    pages = [as_user(partner_staff).get(partner).text, sara.get(calls).text, young.get("/prenota/richiamami/").text]
    Participation.objects.filter(pk=missed.participation_id).update(state="registered")
    pages.append(sara.get(reverse("intake:waiting-list")).text)
    for page in pages:
        assert "0212345678" not in page
        assert "casa@example.org" not in page
    if address:
        assert address in pages[0]
        assert address in pages[3]
    assert "Casa non è un posto sicuro" in pages[0]


NINA = {"last_name": "Verdi", "birth_date": "2008-03-01", "tie": "studies"}


@pytest.fixture
def group(city, operator, now):
    return actions.create_group(
        organisation=city, name="4ª B, Istituto Marelli", kind="school", on=now.date(), by=operator, now=now
    )


def test_a_class_gets_onto_its_list_and_nobody_fills_it_at_will(group, now):
    """Thirty of one school behind one address; then the door is shut for a while. No cache keeps a page with names."""
    page = reverse("intake:group-join", args=[group.code])
    client = from_elsewhere()
    for number in range(30):
        answer = client.post(page, NINA | {"first_name": f"Alunna {number}"})
        assert (answer.status_code, answer["Cache-Control"]) == (302, "private, no-store")
    assert 429 in [client.post(page, NINA | {"first_name": f"Nessuno {n}"}).status_code for n in range(40)]
    assert from_elsewhere().post(page, NINA | {"first_name": "Zoe"}).status_code in (200, 302)


def test_who_was_taken_off_leaves_room_for_others(group, operator, now):
    """Somebody fills the list with made-up names; the desk takes them off; the class still fits."""
    made_up = [
        {"first_name": f"Nessuno {number}", "last_name": "X", "birth_date": date(2008, 1, 1), "tie": "studies"}
        for number in range(MOST_ENTRIES)
    ]
    actions.add_to_group(group=group, rows=made_up, now=now)
    for entry in group.entries.all():
        actions.drop_from_group(entry=entry, by=operator, now=now)
    assert actions.add_to_group(group=group, rows=made_up[:1], now=now) == 1


@pytest.fixture
def rated(participation, operator, city, now):
    talk = factories.AppointmentFactory(
        participation=participation,
        operator=operator,
        organisation=city,
        state="seen",
        starts_at=now - timedelta(hours=1),
    )
    actions.say_how_it_was(appointment=talk, face="bad", now=now)
    return talk


def test_the_link_of_a_message_repeats_to_nobody_what_was_written(rated, young_person, as_user, now):
    """Others read one's mails: the sentence is shown, and changed, by who is signed in."""
    link = reverse("intake:feedback-link", args=[token_of_feedback(rated)])
    visitor = from_elsewhere()
    visitor.post(link, {"sentence": "A casa mi picchiano"})
    assert "picchiano" not in visitor.get(link).text
    visitor.post(link, {"sentence": "Altro"})
    visitor.post(link, {"sentence": ""})
    assert TalkFeedback.objects.get().sentence == "A casa mi picchiano"
    mine = reverse("intake:feedback-mine", args=[rated.pk])
    assert "picchiano" in as_user(young_person.user).get(mine).text


def test_of_who_is_gone_a_link_says_and_takes_nothing(rated, young_person):
    link = reverse("intake:feedback-link", args=[token_of_feedback(rated)])
    assert from_elsewhere().get(link).status_code == 200
    YoungPerson.objects.filter(pk=young_person.pk).update(anonymised_at=timezone.now())
    assert from_elsewhere().get(link).status_code == 404
    assert from_elsewhere().post(link, {"sentence": "Ancora qui"}).status_code == 404


@pytest.fixture
def outside(received, operator, now):
    return actions.refer_outside(
        participation=received,
        service="Consultorio",
        email="consultorio@example.org",
        note="Preferisce il pomeriggio",
        agreed=True,
        by=operator,
        now=now,
    )


def test_a_way_that_has_ended_asks_nobody_for_an_answer(
    outside, referral, received, operator, partner_staff, as_user, now
):
    """Neither the link of a service nor a partner's page goes on about who has left; nobody is reminded of it."""
    link = reverse("intake:outside-link", args=[token_of_outside(outside)])
    assert "pomeriggio" in from_elsewhere().get(link).text
    actions.end_participation(participation=received, ending="moved", by=operator, now=now)
    page = from_elsewhere().get(link).text
    assert "pomeriggio" not in page
    assert received.person.full_name not in page
    from_elsewhere().post(link, {"accept": "1"})
    as_user(partner_staff).post(reverse("intake:referral-answer", args=[referral.pk]), {"accept": "1"})
    for row in (outside, referral):
        row.refresh_from_db()
        assert row.state == "sent"
    assert actions.remind_of_referrals(now=now + timedelta(days=5)) == 0
    actions.reopen_participation(participation=received, by=operator, now=now)
    assert "pomeriggio" in from_elsewhere().get(link).text


def test_a_slip_in_the_year_lets_no_deadline_pass_unseen(received, operator, other_operator, as_user, now):
    """In the year 2206 nobody is reminded; and nobody stands in for somebody for ever."""
    sara = as_user(operator)
    sent = {"text": "Ha raccontato", "owner": operator.pk, "deadline": "2206-05-10"}
    page = sara.post(reverse("intake:safeguarding-create", args=[received.pk]), sent)
    assert "deadline" in page.context["form"].errors
    assert not SafeguardingRecord.objects.exists()
    for last in ("9999-12-31", "2027-05-05"):
        asked = {"who": "stands_in", "colleague": other_operator.pk, "first_day": "2026-05-05", "last_day": last}
        page = sara.post(reverse("intake:covers"), asked)
        assert "last_day" in page.context["form"].errors
    assert not Cover.objects.exists()


def test_nobody_works_with_data_that_are_not_to_be_used(
    referral, questionnaire, received, operator, partner_staff, as_user, now
):
    """No reminder, no interview written on, no call, and a partner reads no contact."""
    appointment = factories.AppointmentFactory(
        participation=received,
        operator=operator,
        starts_at=now + timedelta(days=1),
        booked_at=now - timedelta(days=9),
    )
    factories.CallRequestFactory(participation=received, phone="+393339876543")
    goal = factories.PlanGoalFactory(plan=factories.PlanFactory(participation=received, state="agreed"))
    factories.PlanActionFactory(goal=goal, kind="errand", due_on=now.date() - timedelta(days=1))
    interview = actions.start_interview(participation=received, by=operator, now=now)
    sara, partner = as_user(operator), as_user(partner_staff)
    page = reverse("intake:referral-detail", args=[referral.pk])
    assert received.person.email in partner.get(page).text
    YoungPerson.objects.filter(pk=received.person_id).update(limited_at=now)
    before = OutgoingMessage.objects.filter(about=received.person_id).count()
    actions.write_due_reminders(now=now)
    assert OutgoingMessage.objects.filter(about=received.person_id).count() == before
    assert appointment.state == "booked"
    assert "9876543" not in sara.get(reverse("intake:call-list")).text
    said = partner.get(page).text
    assert received.person.email not in said
    assert "Ama i cavalli" not in said
    section = interview.sheet.questionnaire.definition["sections"][0]
    answers = {section["questions"][0]["key"]: "Scritto lo stesso", "version": 0}
    sara.post(reverse("intake:interview-section", args=[interview.pk, section["key"]]), answers)
    interview.sheet.refresh_from_db()
    assert interview.sheet.answers == {}


def test_no_new_version_of_a_form_breaks_the_questions_after_the_end(received, operator, coordinator, now):
    """What is counted stays where it is asked, with its answers and its kind; the rest may go."""
    key, title, definition = read_form(settings.BASE_DIR / "intake" / "questionnaires" / "follow-up.toml")
    forms.load_questionnaire(key=key, title=title, definition=definition, now=now)
    draft = forms.start_draft(key=key, by=coordinator, now=now)
    common = {"draft": draft, "by": coordinator, "now": now}
    part = part_of(draft.definition, "now", "situation")
    seen, values = fingerprint(part), {name: part[name] for name in ("kind", "label", "required", "options")}
    for act in (
        partial(forms.take_out, section="now", question="situation", seen=seen),
        partial(
            forms.write_question,
            section="now",
            question="situation",
            seen=seen,
            values={**values, "options": part["options"][1:]},
        ),
        partial(
            forms.write_question, section="now", question="situation", seen=seen, values={**values, "kind": "choices"}
        ),
    ):
        with pytest.raises(NotNow) as refusal:
            act(**common)
        assert refusal.value.code == "rule"
    # In another section it is still asked.
    other = forms.write_section(values={"title": {"it": "Altro"}, "for_person": False}, **common)
    forms.write_question(section="now", question="situation", to=other, seen=seen, values=values, **common)
    draft.refresh_from_db()
    forms.publish_draft(revision=draft.revision, **common)
    ended = actions.end_participation(participation=received, ending="moved", by=operator, now=now)
    follow_up = ended.follow_ups.order_by("due_on").first()
    link = reverse("intake:follow-up", args=[follow_up_token(follow_up)])
    visitor = from_elsewhere()
    assert "Che cosa fai in questo periodo?" in visitor.get(link).text
    visitor.post(link, {"situation": "employed", "version": "0"})
    follow_up.refresh_from_db()
    assert follow_up.situation == "employed"


def test_what_somebody_typed_adds_no_line_to_a_calendar(received, operator, now):
    """A place or a name with a line break invites nobody else, in the file of a mail and in an operator's feed."""
    evil = "Aula 3\r\nATTENDEE:mailto:evil@example.org\nEND:VEVENT"
    person = received.person
    person.first_name, person.last_name = f"Ada{evil}", f"Rossi{evil}"
    person.save()
    talk = factories.AppointmentFactory(
        participation=received, operator=operator, starts_at=now + timedelta(days=1), place=evil
    )
    files = [
        calendars.appointment_file(talk, now=now, to="ada@example.org"),
        calendars.feed([talk], now=now, language="it"),
    ]
    for file in files:
        lines = file.decode().replace("\r\n ", "").split("\r\n")
        assert lines.count("END:VEVENT") == 1
        assert not [line for line in lines if line.startswith("ATTENDEE:mailto:evil") or "\n" in line]


def test_the_agenda_of_who_works_here_no_more_is_closed(operator, now):
    token = actions.make_feed(by=operator, now=now)
    feed = reverse("intake:calendar-feed", args=[token])
    visitor = from_elsewhere()
    assert visitor.get(feed).status_code == 200
    User.objects.filter(pk=operator.pk).update(is_active=False)
    assert visitor.get(feed).status_code == 404
    User.objects.filter(pk=operator.pk).update(is_active=True)
    operator.memberships.update(is_active=False)
    assert visitor.get(feed).status_code == 404


def test_links_go_along_when_two_records_are_made_one_and_die_with_the_person(
    outside, rated, operator, young_person, privacy_officer, now
):
    """After a merge the same links open the same talk and referral; once somebody is erased they open nothing."""
    kept = factories.YoungPersonFactory(user=None, first_name="Amina", birth_date=young_person.birth_date)
    factories.ParticipationFactory(person=kept, edition=outside.participation.edition)
    merge(kept=young_person, merged=kept, reason="La stessa persona", by=operator, now=now)
    talk, service = (
        reverse("intake:feedback-link", args=[token_of_feedback(rated)]),
        reverse("intake:outside-link", args=[token_of_outside(outside)]),
    )
    visitor = from_elsewhere()
    assert visitor.get(talk).status_code == 200
    assert young_person.full_name in visitor.get(service).text
    name = young_person.full_name
    anonymise_person(person=young_person, by=privacy_officer, now=now)
    assert visitor.get(talk).status_code == 404
    assert name not in visitor.get(service).text
    assert "pomeriggio" not in visitor.get(service).text


def test_nobody_fills_the_disk_with_steps_and_files(agreed, goal, young_person, now):
    """Ten files a step, and steps are made and dropped at will: a day has an end of its own."""
    day = now.date() + timedelta(days=2)
    common = {"by": young_person.user, "now": now}
    refused = []
    for number in range(5):
        step = actions.add_own_step(goal=goal, title=f"Passo {number}", due_on=day, **common)
        for _file in range(10):
            try:
                actions.add_evidence(action=step, upload=picture(), **common)
            except NotNow as refusal:
                refused.append(refusal.code)
        actions.drop_own_step(action=step, **common)
    assert set(refused) == {"often"}
    assert StepEvidence.objects.count() == 30
    tomorrow = now + timedelta(days=1, minutes=1)
    step = actions.add_own_step(goal=goal, title="Domani", due_on=day, by=young_person.user, now=tomorrow)
    actions.add_evidence(action=step, upload=picture(), by=young_person.user, now=tomorrow)
