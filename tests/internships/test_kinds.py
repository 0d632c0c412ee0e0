"""Each kind of internship by its own rules, todos, safety and papers."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from foundation.communications.models import OutgoingMessage
from foundation.documents.models import SignatureRequest
from internships import actions, parts, queries
from internships.allowance import Month, compute
from internships.enums import InternshipKind as Kind
from internships.enums import PaperCode, TodoKind
from internships.kinds import WAYS
from internships.models import Internship, TrainingProject
from internships.rules import shipped
from internships.todos import Facts, wanted
from migwork.errors import NotNow
from tests import factories

pytestmark = pytest.mark.usefixtures("quick_documents", "papers")
RULES = shipped()["lombardia-2018"]
UNPAID = (Kind.CURRICULAR, Kind.PCTO, Kind.SHADOWING)
INSURANCE = {"insurance_accident": "INAIL 123", "insurance_liability": "Duomo 456"}
HOST = {
    "activities": "Vedere come si lavora",
    "timetable": "Lunedì e martedì, 9–13",
    "safety": "Un giro il primo giorno",
}


@pytest.fixture
def papers(db):
    call_command("load_purposes", verbosity=0)
    call_command("load_papers", verbosity=0)


@pytest.fixture
def boss(unit):
    return factories.HostSignerFactory(host=unit.host, name="Luigi Basso")


@pytest.fixture
def pcto(proposal):
    path = {"kind": Kind.PCTO, "school": " Liceo Volta ", "school_tutor": "Anna Galli"}
    return actions.open_internship(**{**proposal, **path})


@pytest.fixture
def shadowing(proposal):
    return actions.open_internship(**{**proposal, "kind": Kind.SHADOWING, "ends_on": date(2026, 5, 14)})


def test_what_is_part_of_studies_says_of_which_school_or_why_not(proposal):
    proposal |= {"kind": Kind.PCTO}
    with pytest.raises(ValidationError):
        actions.open_internship(**proposal)
    there = actions.open_internship(**proposal, overrides={"school": "La scuola cambia a giugno"})
    assert there.overrides.get().code == "school"


def test_while_one_types_the_school_is_asked_for(proposal):
    typed = {name: proposal[name] for name in ("unit", "starts_on", "ends_on")} | {"kind": Kind.PCTO, "school": ""}
    said = queries.findings_of(queries.typed(proposal["referral"], typed))
    assert [one.level for one in said if one.code == "school"] == ["warning"]


def test_shadowing_is_short_or_says_why(proposal):
    proposal |= {"kind": Kind.SHADOWING, "ends_on": date(2026, 5, 15)}
    with pytest.raises(ValidationError):
        actions.open_internship(**proposal)
    assert actions.open_internship(**{**proposal, "ends_on": date(2026, 5, 14)}).state == "proposed"


@pytest.mark.parametrize("kind", Kind)
def test_only_what_is_paid_has_an_allowance(kind):
    month = {"planned": Decimal(80), "planned_whole": Decimal(80), "attended": Decimal(80), "longest_day": Decimal(6)}
    due = compute(Month(kind=kind, is_public=False, **month), RULES)
    assert due.amount == (0 if kind in UNPAID else 500)
    assert ("unpaid_kind" in {step.code for step in due.steps}) == (kind in UNPAID)


@pytest.mark.parametrize("kind", Kind)
def test_only_what_the_law_wants_notified_is(kind):
    kinds = {row.kind for row in wanted(Facts(kind, False, date(2026, 5, 5)), RULES)}
    assert TodoKind.INSURANCE in kinds
    notified = kinds & {TodoKind.NOTICE_START, TodoKind.REGISTRATION}
    assert len(notified) == (0 if kind in UNPAID else 2)


def test_who_only_watches_needs_no_fitness_but_safety(pcto, shadowing_of_a_minor, now):
    person = pcto.participation.person
    person.birth_date = date(2009, 9, 1)
    assert {item.kind for item in actions.missing_evidence(pcto, now.date())} == {
        *("safety_training", "risk_assessment", "fitness")
    }
    assert {item.kind for item in actions.missing_evidence(shadowing_of_a_minor, now.date())} == {
        *("safety_training", "risk_assessment")
    }


@pytest.fixture
def shadowing_of_a_minor(pcto):
    watching = Internship.objects.select_related("participation__person", "unit").get(pk=pcto.pk)
    watching.kind, watching.participation.person.birth_date = Kind.SHADOWING, date(2009, 9, 1)
    return watching


def test_a_pcto_takes_its_own_paper_that_names_the_school(pcto, boss, agreement, step, partner_staff, now):
    act = {"internship": pcto, "by": partner_staff, "now": now}
    actions.write_promoter(**act, objectives="Capire un bar", competences="Accogliere", **INSURANCE)
    project = actions.ask_host(**act)
    # Nothing is asked about an allowance.
    actions.write_host(project=project, **HOST, meals="none", signer=boss, is_done=True, now=now)
    young = pcto.participation.person.user
    project = actions.write_intern(internship=pcto, wishes="Vedere", needs="", by=young, now=now)
    assert project.state == "ready"
    step(pcto, "agree")
    sent = actions.send_project(internship=pcto, promoter_signer=partner_staff, by=partner_staff, now=now)
    assert sent.template.code == PaperCode.PCTO
    assert sent.document.title.startswith("Patto formativo")
    words = queries.words_of_project(sent, [])
    assert (words["school"], words["school_tutor"]) == ("Liceo Volta", "Anna Galli")


@pytest.fixture
def agreement(partner, unit, boss):
    return factories.AgreementFactory(
        promoter=partner,
        host=unit.host,
        signer=boss,
        state="signed",
        signed_on=date(2026, 5, 1),
        valid_from=date(2026, 5, 1),
        valid_to=date(2028, 4, 30),
        scan=factories.StoredFileFactory(about=None),
    )


def test_a_shadowing_takes_the_short_way(shadowing, boss, step, partner_staff, now):
    """Promoter and host write, nobody else: then one sheet is signed, without a framework agreement."""
    act = {"internship": shadowing, "by": partner_staff, "now": now}
    actions.write_promoter(**act, objectives="Vedere un bar da dentro", **INSURANCE)
    project = actions.ask_host(**act)
    assert parts.turns_of(shadowing) == ["promoter", "host"]
    before = OutgoingMessage.objects.count()
    project = actions.write_host(project=project, **HOST, signer=boss, is_done=True, now=now)
    assert TrainingProject.objects.get(pk=project.pk).state == "ready"
    assert OutgoingMessage.objects.count() == before
    step(shadowing, "agree")
    sent = actions.send_project(internship=shadowing, promoter_signer=partner_staff, by=partner_staff, now=now)
    assert sent.template.code == PaperCode.SHADOWING
    assert sent.agreement is None
    assert SignatureRequest.objects.filter(kind__code="training-project", on_id=str(sent.pk)).exists()


def test_all_others_still_take_an_agreement(pcto, boss, step, partner_staff, now):
    act = {"internship": pcto, "by": partner_staff, "now": now}
    actions.write_promoter(**act, objectives="Capire", competences="Accogliere", **INSURANCE)
    project = actions.ask_host(**act)
    actions.write_host(project=project, **HOST, signer=boss, is_done=True, now=now)
    actions.write_for_intern(internship=pcto, wishes="Vedere", needs="", by=partner_staff, now=now)
    step(pcto, "agree")
    with pytest.raises(NotNow) as refused:
        actions.send_project(internship=pcto, promoter_signer=partner_staff, by=partner_staff, now=now)
    assert refused.value.code == "agreement"


def test_every_kind_has_its_words():
    assert set(WAYS) == set(Kind)
    assert {way.paper for way in WAYS.values()} == set(PaperCode) - {PaperCode.AGREEMENT}
