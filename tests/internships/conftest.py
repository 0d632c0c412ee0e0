"""A person accepted for an internship, and the internship itself at each state of its way."""

from datetime import date
from decimal import Decimal

import pytest

from intake.enums import ActionKind, ParticipationState, PlanState, ReferralState
from internships import actions
from internships.enums import EvidenceKind
from tests import factories


@pytest.fixture
def plan_action(participation, now):
    participation.state = ParticipationState.PLAN_AGREED
    participation.save()
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED, agreed_at=now)
    goal = factories.PlanGoalFactory(plan=plan)
    return factories.PlanActionFactory(goal=goal, kind=ActionKind.INTERNSHIP, title="Tirocinio in un bar")


@pytest.fixture
def referral(participation, partner, plan_action, operator, partner_staff, now):
    return factories.ReferralFactory(
        participation=participation,
        organisation=partner,
        plan_action=plan_action,
        sent_by=operator,
        state=ReferralState.ACCEPTED,
        answered_at=now,
        answered_by=partner_staff,
    )


@pytest.fixture
def unit(db):
    return factories.OperatingUnitFactory(host__name="Bar Basso", host__vat_number="00743110157")


@pytest.fixture
def host_tutor(unit):
    return factories.HostTutorFactory(host=unit.host)


@pytest.fixture
def short_ones(db):
    """Rules by which internships of four weeks, as those of these tests, are long enough."""
    rule_set = factories.RuleSetFactory(valid_from=date(2018, 6, 9), valid_to=None)
    factories.RuleFactory(rule_set=rule_set, code="duration.min", value=0, unit="months")


@pytest.fixture
def proposal(short_ones, referral, unit, host_tutor, partner_staff, now):
    """What open_internship is told: from today on, for four weeks."""
    return {
        "referral": referral,
        "unit": unit,
        "host_tutor": host_tutor,
        "promoter_tutor": partner_staff,
        "title": "Stare dietro al bancone",
        "starts_on": date(2026, 5, 5),
        "ends_on": date(2026, 6, 1),
        "weekly_hours": Decimal("30"),
        "eqf_level": 3,
        "by": partner_staff,
        "now": now,
    }


@pytest.fixture
def internship(proposal):
    return actions.open_internship(**proposal)


@pytest.fixture
def make_safe(partner_staff, now):
    """Writes down what is still missing before the first day."""

    def write(internship, at=now):
        noted = {"on": at.date(), "reference": "Visto da Marta", "by": partner_staff, "now": at}
        for item in actions.missing_evidence(internship, at.date()):
            if item.kind == EvidenceKind.RISK_ASSESSMENT:
                actions.record_assessment(unit=internship.unit, **noted)
            else:
                actions.record_evidence(internship=internship, kind=item.kind, **noted)

    return write


@pytest.fixture
def step(partner_staff, make_safe, now):
    """Takes steps by the promoter's staff; before the start all is safe."""

    def take(internship, *verbs, at=now, **more):
        for verb in verbs:
            if verb == "start":
                make_safe(internship, at)
            internship = actions.move(internship=internship, verb=verb, by=partner_staff, now=at, **more)
        return internship

    return take


@pytest.fixture
def running(internship, step):
    return step(internship, "agree", "send_for_signature", "sign", "start")
