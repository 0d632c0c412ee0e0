"""What strangers, slips of the keyboard and two tabs at once try at the desk's newer pages."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.enums import Role
from intake import actions
from intake.models import Appointment, Cover, Handover, OutsideReferral, Participation, PlanGoal, SafeguardingRecord, Slot
from migwork.errors import NotNow
from programme.models import Organisation
from tests import factories


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
        answers = at_once(
            lambda: actions.move_appointment(appointment=booked, slot=slots[1], by=young, now=here.now),
            lambda: actions.move_appointment(appointment=booked, slot=slots[2], by=young, now=here.now),
            lambda: actions.cancel_own_appointment(appointment=booked, by=young, now=here.now),
            lambda: actions.record_outcome(appointment=booked, verb="cancel", by=here.operator, now=here.now),
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


@pytest.mark.parametrize(
    ("channel", "address"), [("", ""), ("sms", "+393331234567"), ("email", "amica@example.org")]
)
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
