"""Internships from the proposal to the end, with what follows in the plan, the trail and the outbox."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.enums import Role
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from intake.enums import ActionState, ParticipationState, ReferralPurpose, ReferralState
from internships import actions
from internships.enums import InternshipState
from internships.models import Host, Internship, RegisterDay
from internships.workflow import INTERNSHIP
from migwork.errors import NotNow
from tests import factories
from tests.internships.conftest import scan

LAST_DAY = timedelta(days=27)


def verbs_about(person):
    return list(Event.objects.filter(about=person.pk).order_by("pk").values_list("verb", flat=True))


def messages():
    return list(OutgoingMessage.objects.order_by("created_at", "key").values_list("key", flat=True))


def test_a_colleague_whose_account_is_closed_follows_nobody(proposal, partner):
    gone = factories.member(Role.PARTNER_STAFF, partner, email="gone@example.org", is_active=False)
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**{**proposal, "promoter_tutor": gone})
    assert "promoter_tutor" in refused.value.message_dict


@pytest.mark.parametrize("days", [{"starts_on": date(1, 1, 1)}, {"ends_on": date(9999, 12, 31)}])
def test_a_year_that_can_only_be_a_slip_is_refused(proposal, days):
    with pytest.raises(ValidationError) as refusal:
        actions.open_internship(**{**proposal, **days})
    assert refusal.value.code == "year"


# --- hosts ----------------------------------------------------------------------

HOST = {
    "name": "Bar Basso",
    "vat_number": "IT 00743110157",
    "address": "Via Plinio 39",
    "municipality": "Milano",
    "headcount": 9,
    "tutor_name": "Carla Verdi",
    "tutor_email": "carla@example.org",
}


def test_a_host_comes_with_its_workplace_and_tutor(partner_staff, now):
    host = actions.save_host(**HOST, by=partner_staff, now=now)

    assert (host.vat_number, host.sort_key) == ("00743110157", "bar basso")
    assert host.units.get().headcount == 9
    assert host.tutors.get().name == "Carla Verdi"
    assert Event.objects.get().verb == "internships.host_entered"


def test_a_host_stands_there_once(partner_staff, now):
    actions.save_host(**HOST, by=partner_staff, now=now)
    with pytest.raises(NotNow, match="Bar Basso"):
        actions.save_host(**HOST, by=partner_staff, now=now)
    assert Host.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"), [({"vat_number": "00743110158"}, "vat_number"), ({"vat_number": "1234"}, "vat_number")]
)
def test_a_wrong_vat_number_is_noticed(partner_staff, now, wrong, field):
    with pytest.raises(ValidationError) as refused:
        actions.save_host(**{**HOST, **wrong}, by=partner_staff, now=now)
    assert field in refused.value.message_dict


def test_a_tutor_must_be_reachable_and_nothing_is_left_behind(partner_staff, now):
    with pytest.raises(ValidationError):
        actions.save_host(**{**HOST, "tutor_email": ""}, by=partner_staff, now=now)
    assert not Host.objects.exists()


def test_operators_enter_no_hosts(operator, now):
    with pytest.raises(PermissionDenied):
        actions.save_host(**HOST, by=operator, now=now)


# --- opening --------------------------------------------------------------------


def test_an_internship_opens_from_an_accepted_referral(internship, participation, partner, plan_action, edition):
    assert internship.state == InternshipState.PROPOSED
    assert (internship.participation, internship.promoter) == (participation, partner)
    assert internship.plan_action == plan_action
    assert internship.macro_action == edition.macro_actions.get(number=4)
    assert verbs_about(participation.person) == ["internships.proposed"]


@pytest.mark.parametrize(
    "change",
    [
        {"state": ReferralState.SENT, "answered_at": None, "answered_by": None},
        {"state": ReferralState.DECLINED},
        {"purpose": ReferralPurpose.TRAINING},
    ],
)
def test_only_from_an_accepted_referral_for_an_internship(proposal, referral, change):
    for name, value in change.items():
        setattr(referral, name, value)
    referral.save()
    with pytest.raises(NotNow):
        actions.open_internship(**proposal)


def test_one_internship_at_a_time_from_a_referral(proposal, internship, step):
    with pytest.raises(NotNow):
        actions.open_internship(**proposal)
    step(internship, "cancel", reason="L'azienda ha chiuso")
    assert actions.open_internship(**proposal)


def test_a_stranger_opens_nothing(proposal, other_partner_staff, operator):
    for by in (other_partner_staff, operator):
        with pytest.raises(PermissionDenied):
            actions.open_internship(**{**proposal, "by": by})


def test_tutors_belong_to_their_side(proposal, other_partner_staff):
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**{**proposal, "host_tutor": factories.HostTutorFactory()})
    assert "host_tutor" in refused.value.message_dict
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**{**proposal, "promoter_tutor": other_partner_staff})
    assert "promoter_tutor" in refused.value.message_dict


def test_dates_are_in_order(proposal):
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**{**proposal, "ends_on": proposal["starts_on"]})
    assert "ends_on" in refused.value.message_dict


# --- the way ----------------------------------------------------------------------


def test_the_whole_way_shows_in_plan_trail_and_outbox(running, step, partner_staff, participation, plan_action, now):
    plan_action.refresh_from_db()
    participation.refresh_from_db()
    assert plan_action.state == ActionState.DOING
    assert participation.state == ParticipationState.IN_PROGRESS

    for on in (date(2026, 5, 5), date(2026, 5, 6)):
        actions.record_day(
            internship=running, on=on, hours=Decimal("6.5"), by=partner_staff, now=now + timedelta(days=1)
        )
    done = step(running, "complete", at=now + LAST_DAY)

    plan_action.refresh_from_db()
    assert done.state == InternshipState.COMPLETED
    assert (plan_action.state, plan_action.hours_done) == (ActionState.DONE, Decimal("13.0"))
    assert [v for v in verbs_about(participation.person) if v.startswith("internships.")] == [
        "internships.proposed",
        "internships.agreed",
        "internships.project_sign_outside",
        "internships.signed",
        "internships.evidence_recorded",
        "internships.started",
        "internships.days_recorded",
        "internships.days_recorded",
        "internships.completed",
    ]
    assert set(messages()) == {f"internship:{done.pk}:{state}" for state in ("agreed", "running", "completed")}


def test_the_intern_reads_it_in_italian_without_names_in_the_subject(running):
    for message in OutgoingMessage.objects.all():
        assert message.to == running.participation.person.email
        assert running.participation.person.first_name in message.text
        assert running.participation.person.first_name not in message.subject
        assert "Bar Basso" in message.text
        assert f"/tirocini/{running.pk}/" in message.text
        assert "tirocinio" in message.subject.lower()


def test_resuming_tells_nobody_twice(running, now):
    before = messages()
    Internship.objects.filter(pk=running.pk).update(state=InternshipState.SUSPENDED, reason="Malattia")
    actions.follow_suspensions(now=now)
    again = Internship.objects.get()
    assert again.state == InternshipState.RUNNING
    assert again.reason == ""
    assert messages() == before


@pytest.mark.parametrize("verb", ["end_early"])
def test_what_breaks_off_needs_a_reason(running, step, verb):
    with pytest.raises(ValidationError) as refused:
        step(running, verb, reason=" ")
    assert "reason" in refused.value.message_dict
    running.refresh_from_db()
    assert running.state == InternshipState.RUNNING


def test_after_an_early_end_the_step_is_to_do_again(running, step, plan_action):
    ended = step(running, "end_early", reason="Ha trovato lavoro")
    plan_action.refresh_from_db()
    assert (ended.state, ended.reason) == (InternshipState.ENDED_EARLY, "Ha trovato lavoro")
    assert plan_action.state == ActionState.TO_DO


def test_it_starts_and_ends_on_its_days(proposal, step, now):
    later = actions.open_internship(**{**proposal, "starts_on": date(2026, 5, 11)})
    signed = step(later, "agree", "sign")
    with pytest.raises(NotNow):
        step(signed, "start")
    started = step(signed, "start", at=now + timedelta(days=6))
    with pytest.raises(NotNow):
        step(started, "complete", at=now + timedelta(days=26))


def test_no_step_outside_the_workflow(internship, step):
    for verb in {s.verb for s in INTERNSHIP.steps} - {"agree", "cancel", "send_for_signature"}:
        with pytest.raises(NotNow):
            step(internship, verb, reason="x")


def test_a_step_plan_given_up_does_not_stop_the_internship(internship, step, plan_action):
    plan_action.state = ActionState.DROPPED
    plan_action.save()
    assert step(internship, "agree", "sign", "start").state == InternshipState.RUNNING


def test_two_internships_never_run_at_once(running, proposal, step, other_partner, other_partner_staff, now):
    referral = factories.ReferralFactory(
        participation=running.participation,
        organisation=other_partner,
        state=ReferralState.ACCEPTED,
        answered_at=now,
        answered_by=other_partner_staff,
    )
    elsewhere = factories.OperatingUnitFactory()
    changes = {"referral": referral, "by": other_partner_staff, "promoter_tutor": other_partner_staff}
    changes |= {"unit": elsewhere, "host_tutor": factories.HostTutorFactory(host=elsewhere.host)}
    second = actions.open_internship(**{**proposal, **changes})
    actions.move(internship=second, verb="agree", by=other_partner_staff, now=now)
    given = {"upload": scan(), "signed_on": now.date()}
    actions.sign_outside(internship=second, **given, by=other_partner_staff, now=now)
    factories.SafetyEvidenceFactory(internship=second, on=now.date())
    factories.SafetyEvidenceFactory(kind="risk_assessment", internship=None, unit=elsewhere, on=now.date())
    with pytest.raises(ValidationError, match="tirocinio"):
        actions.move(internship=second, verb="start", by=other_partner_staff, now=now)


def test_only_the_promoter_moves_it(internship, operator, other_partner_staff, young_person, now):
    for by in (operator, other_partner_staff, young_person.user):
        with pytest.raises(PermissionDenied):
            actions.move(internship=internship, verb="agree", by=by, now=now)


def test_who_cannot_be_reached_is_not_written_to(internship, step, young_person):
    young_person.email = young_person.phone = ""
    young_person.save()
    step(internship, "agree")
    assert messages() == []


# --- the register ---------------------------------------------------------------


def test_days_are_added_corrected_and_taken_out(running, partner_staff, plan_action, now):
    monday, tuesday = date(2026, 5, 5), date(2026, 5, 6)
    at = now + timedelta(days=2)

    def save(hours):
        return actions.record_days(internship=running, hours=hours, by=partner_staff, now=at)

    assert save({monday: Decimal(6), tuesday: Decimal(7)}) == 2
    assert save({monday: Decimal(6), tuesday: Decimal(7)}) == 0
    assert save({monday: Decimal("6.5"), tuesday: None}) == 2

    assert list(running.days.values_list("on", "hours")) == [(monday, Decimal("6.5"))]
    plan_action.refresh_from_db()
    assert plan_action.hours_done == Decimal("6.5")
    assert [v for v in verbs_about(running.participation.person) if "days" in v] == [
        "internships.days_recorded",
        "internships.days_corrected",
    ]


def test_a_day_is_recorded_once(running, partner_staff, now):
    day = {"internship": running, "on": date(2026, 5, 5), "hours": Decimal(6), "by": partner_staff, "now": now}
    actions.record_day(**day)
    with pytest.raises(NotNow):
        actions.record_day(**day)


@pytest.mark.parametrize(
    ("on", "hours"),
    [
        (date(2026, 5, 4), Decimal(6)),  # before the first day
        (date(2026, 5, 6), Decimal(6)),  # tomorrow
        (date(2026, 5, 5), Decimal(0)),
        (date(2026, 5, 5), Decimal(25)),
    ],
)
def test_only_days_that_were_and_hours_that_can_be(running, partner_staff, now, on, hours):
    with pytest.raises(ValidationError):
        actions.record_days(internship=running, hours={on: hours}, by=partner_staff, now=now)
    assert not RegisterDay.objects.exists()


def test_the_register_is_open_while_it_runs(running, partner_staff, now):
    Internship.objects.filter(pk=running.pk).update(state=InternshipState.SUSPENDED)
    with pytest.raises(NotNow):
        actions.record_day(internship=running, on=date(2026, 5, 5), hours=Decimal(6), by=partner_staff, now=now)


def test_only_the_promoter_fills_in_the_register(running, operator, young_person, now):
    for by in (operator, young_person.user):
        with pytest.raises(PermissionDenied):
            actions.record_day(internship=running, on=date(2026, 5, 5), hours=Decimal(6), by=by, now=now)


def test_planned_hours_follow_dates_and_weeks():
    four_weeks = Internship(starts_on=date(2026, 5, 5), ends_on=date(2026, 6, 1), weekly_hours=Decimal(30))
    assert four_weeks.hours_planned == 120
