"""Marta proposes an internship and sees what the rules say while she types; Rita reads where a rule was gone past."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.enums import ActionKind, ParticipationState, PlanState, ReferralState
from internships.models import Internship
from migwork.months import add_months
from tests import factories
from tests.journeys.conftest import expect
from tests.journeys.deeds import looks_well


@pytest.fixture
def accepted(participation, partner, operator, partner_staff, now):
    participation.state = ParticipationState.PLAN_AGREED
    participation.save()
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED, agreed_at=now)
    goal = factories.PlanGoalFactory(plan=plan)
    action = factories.PlanActionFactory(goal=goal, kind=ActionKind.INTERNSHIP, title="Lavorare in libreria")
    return factories.ReferralFactory(
        participation=participation,
        organisation=partner,
        plan_action=action,
        sent_by=operator,
        state=ReferralState.ACCEPTED,
        answered_at=now,
        answered_by=partner_staff,
    )


def test_sees_the_rules_while_typing_and_goes_past_a_warning(signed_in, accepted, partner_staff, coordinator):
    unit = factories.OperatingUnitFactory(host__name="Libreria Pagina Uno", headcount=9)
    factories.HostTutorFactory(host=unit.host)
    marta = signed_in(partner_staff)
    first = timezone.localdate() + timedelta(days=14)

    marta.goto(f"/tirocini/nuovo/{accepted.pk}/?azienda={unit.host_id}")
    marta.get_by_label("Livello di quello che si impara").select_option("3")
    marta.get_by_label("Primo giorno").fill(first.isoformat())
    marta.get_by_label("Ultimo giorno", exact=True).fill((first + timedelta(days=20)).isoformat())
    rules = marta.locator("#rules")
    # Three weeks are too short: she reads it before she sends anything.
    expect(rules.get_by_text("Le regole non lo permettono")).to_be_visible()
    expect(rules.get_by_text("almeno fino al")).to_be_visible()
    looks_well(marta, "rules-too-short")

    marta.get_by_label("Ultimo giorno", exact=True).fill(add_months(first, 4).isoformat())
    expect(rules.get_by_text("Le regole non lo permettono")).to_have_count(0)
    marta.get_by_label("Ore alla settimana").fill("42")
    expect(rules.get_by_text("al massimo 40 ore")).to_be_visible()
    marta.get_by_role("button", name="Proponi il tirocinio").click()
    expect(marta.get_by_role("alert")).to_contain_text("Scrivi perché vai avanti comunque")
    looks_well(marta, "rules-warning")
    marta.get_by_label("Va bene comunque? Scrivi perché.").fill("Solo nelle due settimane del Salone, poi 38.")
    marta.get_by_role("button", name="Proponi il tirocinio").click()
    expect(marta.get_by_text("Il tirocinio è proposto.")).to_be_visible()
    assert Internship.objects.get().overrides.get().code == "week"

    marta.get_by_role("link", name="Che cosa dicono le regole").click()
    expect(marta.get_by_role("heading", level=1)).to_have_text("Che cosa dicono le regole")
    expect(marta.get_by_text("Solo nelle due settimane del Salone, poi 38.")).to_be_visible()
    looks_well(marta, "rules-of-internship")

    rita = signed_in(coordinator)
    rita.goto("/tirocini/")
    rita.get_by_role("link", name="Oltre le regole").click()
    expect(rita.get_by_text("Solo nelle due settimane del Salone, poi 38.")).to_be_visible()
    looks_well(rita, "rules-overrides")
