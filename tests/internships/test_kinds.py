"""Each kind of internship by its own rules, todos, safety and papers."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command

from foundation.communications.models import OutgoingMessage
from foundation.documents import actions as documents
from foundation.documents import policies
from foundation.documents.models import SignatureRequest, Signer
from internships import actions, parts, queries
from internships.allowance import Month, compute
from internships.enums import InternshipKind as Kind
from internships.enums import PaperCode, TodoKind
from internships.kinds import AGREEMENTS, WAYS
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
    school = {"school": " Liceo Volta ", "school_tutor": "Anna Galli", "school_email": "a@volta.example"}
    return actions.open_internship(**{**proposal, "kind": Kind.PCTO, **school})


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
def sent(pcto, boss, agreement, step, partner_staff, now):
    """The formative pact is being signed."""
    act = {"internship": pcto, "by": partner_staff, "now": now}
    actions.write_promoter(**act, objectives="Capire un bar", competences="Accogliere", **INSURANCE)
    actions.write_host(project=actions.ask_host(**act), **HOST, meals="none", signer=boss, is_done=True, now=now)
    actions.write_intern(internship=pcto, wishes="Vedere", needs="", by=pcto.participation.person.user, now=now)
    step(pcto, "agree")
    return actions.send_project(internship=pcto, promoter_signer=partner_staff, by=partner_staff, now=now)


@pytest.fixture
def school(sent):
    """The school's place among those who sign."""
    return Signer.objects.get(request__on_id=str(sent.pk), role="school")


def test_the_school_signs_by_link_once_staff_have_seen_who_it_is(school, partner_staff, other_partner_staff, now):
    assert (school.name, school.email) == ("Anna Galli", "a@volta.example")
    assert school.links.count() == 1
    assert not policies.code_is_enough(school)
    seen = {"paper": "id_card", "email": "galli@volta.example", "phone": "", "now": now}
    with pytest.raises(PermissionDenied):
        actions.check_school(signer=school, **seen, by=other_partner_staff)
    actions.check_school(signer=school, **seen, by=partner_staff)
    school.refresh_from_db()
    assert (school.email, school.identity_checked) == ("galli@volta.example", True)
    assert policies.code_is_enough(school)
    # The link at the address before leads nowhere; a new one went to the one that they gave.
    assert school.links.filter(replaced_at=None).count() == 1


def test_a_school_that_refuses_stops_the_pact(school, sent, now):
    proof = policies.Proof(code_at=now)
    documents.refuse(signer=school, reason="Poche ore", link=school.links.get(), proof=proof, now=now)
    sent.refresh_from_db()
    assert sent.state == "promoter"


def test_only_what_staff_have_to_see_is_checked(sent, partner_staff, now):
    host = Signer.objects.get(request__on_id=str(sent.pk), role="host")
    with pytest.raises(NotNow):
        actions.check_school(signer=host, paper="id_card", email="a@b.example", phone="", by=partner_staff, now=now)


def test_the_agreement_for_work_is_none_for_studies(pcto, agreement):
    assert queries.agreement_for(pcto) == agreement
    assert list(queries.internships_under(agreement)) == [pcto]
    agreement.scope = "work"
    agreement.save()
    assert queries.agreement_for(pcto) is None
    assert list(queries.internships_under(agreement)) == []


def test_both_agreements_hold_at_once_each_with_its_words(agreement, partner, unit, boss, partner_staff, now):
    act = {"promoter": partner, "host": unit.host, "signer": boss, "by": partner_staff, "now": now}
    days = {"valid_from": date(2026, 5, 1), "valid_to": date(2028, 4, 30)}
    with pytest.raises(ValidationError):
        actions.draft_agreement(**act, **days, scope="studies")
    for_work = actions.draft_agreement(**act, **days)
    for_work = actions.send_agreement(agreement=for_work, promoter_signer=partner_staff, by=partner_staff, now=now)
    assert for_work.template.code == PaperCode.AGREEMENT
    agreement.delete()
    draft = actions.draft_agreement(**act, **days, scope="studies")
    sent = actions.send_agreement(agreement=draft, promoter_signer=partner_staff, by=partner_staff, now=now)
    assert sent.template.code == PaperCode.AGREEMENT_STUDIES


def test_nobody_writes_terms_of_an_allowance_that_is_none(pcto, partner_staff, now):
    with pytest.raises(NotNow):
        actions.set_terms(internship=pcto, terms={"has_meals": True}, by=partner_staff, now=now)


def test_pages_of_a_pcto_offer_no_money_and_no_notices(client, pcto, partner_staff):
    client.force_login(partner_staff)
    page = client.get(f"/tirocini/{pcto.pk}/").content.decode()
    assert "Liceo Volta" in page
    assert f"/tirocini/{pcto.pk}/indennita/" not in page
    assert f"/tirocini/{pcto.pk}/da-copiare/" not in page


def test_nobody_asks_what_became_of_who_goes_on_studying(client, pcto, partner_staff):
    pcto.state = "completed"
    pcto.save()
    client.force_login(partner_staff)
    asks = f"/tirocini/{pcto.pk}/esito/"
    assert asks not in client.get(f"/tirocini/{pcto.pk}/").content.decode()
    pcto.kind = Kind.EXTRACURRICULAR
    pcto.save()
    assert asks in client.get(f"/tirocini/{pcto.pk}/").content.decode()


@pytest.fixture
def agreement(partner, unit, boss):
    return factories.AgreementFactory(
        promoter=partner,
        host=unit.host,
        signer=boss,
        state="signed",
        scope="studies",
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
    assert {way.paper for way in WAYS.values()} == set(PaperCode) - set(AGREEMENTS.values())
