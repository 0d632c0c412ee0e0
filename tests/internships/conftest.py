"""A person accepted for an internship, and the internship itself at each state of its way."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intake.enums import ActionKind, ParticipationState, PlanState, ReferralState
from internships import actions
from internships.enums import EvidenceKind
from tests import factories

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"


def scan():
    """A signed paper, as somebody brings it."""
    return SimpleUploadedFile("firmato.pdf", PDF, content_type="application/pdf")


@pytest.fixture
def quick_documents(monkeypatch):
    """What the PDFs look like is tested elsewhere."""
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: PDF)


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
    """Takes steps by the promoter's staff; "sign" puts in a scan, before the start all is safe."""

    def take(internship, *verbs, at=now, **more):
        for verb in verbs:
            if verb == "send_for_signature":
                continue  # what is signed outside is never sent
            if verb == "start":
                make_safe(internship, at)
            if verb == "end_early":
                end = {"ended_by": "intern", "ended_on": at.date(), **more}
                internship = actions.end_early(internship=internship, **end, by=partner_staff, now=at)
            elif verb == "sign":
                given = {"upload": scan(), "signed_on": at.date()}
                actions.sign_outside(internship=internship, **given, by=partner_staff, now=at)
                internship.refresh_from_db()
            else:
                internship = actions.move(internship=internship, verb=verb, by=partner_staff, now=at, **more)
        return internship

    return take


@pytest.fixture
def running(internship, step):
    return step(internship, "agree", "sign", "start")
