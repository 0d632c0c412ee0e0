"""No start before all is safe; accidents, words of alarm, visits."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from internships import actions
from internships.enums import EvidenceKind, TodoKind
from internships.models import Internship, RuleSet, SafetyEvidence, Visit
from internships.rules import shipped
from internships.safety import checklist, missing
from migwork.errors import NotNow
from tests import factories

TODAY = date(2026, 5, 5)
PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture
def signed(internship, step):
    return step(internship, "agree", "send_for_signature", "sign")


@pytest.fixture
def noted(partner_staff, now):
    return {"on": TODAY, "reference": "Corso di 4 ore", "by": partner_staff, "now": now}


def start(internship, by, now):
    return actions.move(internship=internship, verb="start", by=by, now=now)


def test_nobody_starts_before_each_thing_is_there(signed, partner_staff, noted, now):
    with pytest.raises(NotNow, match="formazione sulla sicurezza, valutazione dei rischi") as refusal:
        start(signed, partner_staff, now)
    assert refusal.value.code == "safety"
    actions.record_evidence(internship=signed, kind="safety_training", **noted)
    with pytest.raises(NotNow, match="Non può iniziare finché manca: valutazione dei rischi"):
        start(signed, partner_staff, now)
    actions.record_assessment(unit=signed.unit, **noted)
    assert start(signed, partner_staff, now).state == "running"


def test_a_minor_needs_to_be_fit_and_no_paper_about_health_is_kept(signed, partner_staff, make_safe, noted, now):
    person = signed.participation.person
    person.birth_date = date(2008, 5, 6)  # eighteen the day after the first
    person.save()
    actions.record_assessment(unit=signed.unit, **noted)
    actions.record_evidence(internship=signed, kind="safety_training", **noted)
    assert [item.kind for item in missing(actions.safety_list(signed, TODAY))] == [EvidenceKind.FITNESS]
    with pytest.raises(ValidationError):
        actions.record_evidence(internship=signed, kind="fitness", file=SimpleUploadedFile("fit.pdf", PDF), **noted)
    actions.record_evidence(internship=signed, kind="fitness", **noted)
    assert missing(actions.safety_list(signed, TODAY)) == []
    person.birth_date = date(2008, 5, 5)
    person.save()
    signed.refresh_from_db()
    assert len(actions.safety_list(Internship.objects.get(), TODAY)) == 2


def test_what_has_run_out_is_missing_and_each_rule_can_be_put_out_of_force():
    values = next(iter(shipped().values()))
    old = SafetyEvidence(kind="safety_training", on=TODAY, until=TODAY)
    held, later = ({EvidenceKind.SAFETY_TRAINING: old}, TODAY + timedelta(days=1))
    assert [item.there for item in checklist(values, minor=False, there=held, today=TODAY)] == [old, None]
    assert checklist(values, minor=False, there=held, today=later)[0].expired
    assert len(checklist(values, minor=True, there={}, today=TODAY)) == 3


def test_the_checklist_is_data(signed, now):
    out_of_force = {"code": "safety.training", "value": None, "unit": "", "is_active": False}
    factories.RuleFactory(rule_set=RuleSet.objects.get(), **out_of_force)
    assert [item.kind for item in actions.safety_list(signed, TODAY)] == [EvidenceKind.RISK_ASSESSMENT]


def test_a_new_paper_takes_the_place_of_the_old_one(signed, partner_staff, noted):
    for name in ("one.pdf", "two.pdf"):
        row = actions.record_evidence(
            internship=signed, kind="safety_training", file=SimpleUploadedFile(name, PDF), **noted
        )
    assert (SafetyEvidence.objects.get(), row.file.name) == (row, "two.pdf")
    assert row.file.about == signed.participation.person_id


def test_strangers_and_slips_are_refused(signed, partner_staff, other_partner_staff, operator, noted, now):
    for by in (other_partner_staff, operator):
        with pytest.raises(PermissionDenied):
            actions.record_evidence(internship=signed, kind="safety_training", **{**noted, "by": by})
    with pytest.raises(PermissionDenied):
        actions.record_assessment(unit=signed.unit, **{**noted, "by": operator})
    for wrong in ({"on": TODAY + timedelta(days=1)}, {"reference": " "}, {"until": TODAY - timedelta(days=1)}):
        with pytest.raises(ValidationError):
            actions.record_evidence(internship=signed, kind="safety_training", **{**noted, **wrong})
    assert not SafetyEvidence.objects.exists()


# --- accidents ------------------------------------------------------------------


def test_an_accident_alerts_the_promoter_with_the_insurers_day(
    running, young_person, partner_staff, partner_admin, now
):
    accident = actions.report_accident(
        internship=running, happened_at=now - timedelta(hours=1), what="Un taglio", by=young_person.user, now=now
    )
    todo = accident.todos.get()
    assert (todo.kind, todo.due_on) == (TodoKind.ACCIDENT, TODAY + timedelta(days=2))
    told = OutgoingMessage.objects.filter(key__startswith="accident:")
    assert {message.to for message in told} == {partner_staff.email, partner_admin.email}
    for message in told:
        assert "7 maggio" in message.text
        assert "Amina" not in message.subject + message.text
        assert "taglio" not in message.text

    actions.note_certificate(accident=accident, certificate_on=TODAY, by=partner_staff, now=now + timedelta(days=3))
    todo.refresh_from_db()
    assert todo.due_on == TODAY + timedelta(days=2)


def test_the_host_reports_it_by_its_link_with_the_name_of_who_saw_it(running, partner_staff, now):
    link = factories.HostLinkFactory(tutor=running.host_tutor)
    said = {"internship": running, "happened_at": now, "what": "Un taglio", "now": now}
    with pytest.raises(ValidationError):
        actions.report_accident(**said, link=link, reporter=" ")
    with pytest.raises(PermissionDenied):
        actions.report_accident(**said, link=factories.HostLinkFactory(), reporter="Luca Rossi")
    accident = actions.report_accident(**said, link=link, reporter="Luca Rossi")
    assert (accident.reporter, accident.reported_by, accident.reported_link) == ("Luca Rossi", None, link)
    assert accident.todos.get().kind == TodoKind.ACCIDENT
    assert OutgoingMessage.objects.filter(key__startswith="accident:", to=partner_staff.email).exists()
    actions.revoke_host_link(link=link, by=partner_staff, now=now)
    with pytest.raises(PermissionDenied):
        actions.report_accident(**said, link=link, reporter="Luca Rossi")


def test_the_insurer_counts_from_the_certificate(running, partner_staff, now):
    later = now + timedelta(days=4)
    accident = actions.report_accident(internship=running, happened_at=now, what="Caduta", by=partner_staff, now=now)
    with pytest.raises(ValidationError):
        actions.note_certificate(
            accident=accident, certificate_on=TODAY - timedelta(days=1), by=partner_staff, now=later
        )
    actions.note_certificate(accident=accident, certificate_on=later.date(), by=partner_staff, now=later)
    assert accident.todos.get().due_on == later.date() + timedelta(days=2)


def test_an_accident_is_of_the_past_and_of_these_days(running, operator, young_person, now):
    for at in (now + timedelta(minutes=1), now - timedelta(days=2)):
        with pytest.raises(ValidationError):
            actions.report_accident(internship=running, happened_at=at, what="x", by=young_person.user, now=now)
    with pytest.raises(PermissionDenied):
        actions.report_accident(internship=running, happened_at=now, what="x", by=operator, now=now)


# --- something is wrong -----------------------------------------------------------


def test_something_is_wrong_reaches_promoter_and_operator_never_the_host(
    running, young_person, operator, partner_staff, now
):
    running.participation.operator = operator
    running.participation.save()
    before = set(OutgoingMessage.objects.values_list("pk", flat=True))
    concern = actions.raise_concern(internship=running, text="Sono sola in cucina", by=young_person.user, now=now)
    told = OutgoingMessage.objects.exclude(pk__in=before)
    assert {message.to for message in told} == {operator.email, partner_staff.email}
    assert running.host_tutor.email not in {message.to for message in OutgoingMessage.objects.all()}
    assert not [message for message in told if "cucina" in message.text or "Amina" in message.text]

    for by in (young_person.user,):
        with pytest.raises(PermissionDenied):
            actions.close_concern(concern=concern, outcome="x", by=by, now=now)
    actions.close_concern(concern=concern, outcome="Cambia turno", by=operator, now=now)
    with pytest.raises(NotNow):
        actions.close_concern(concern=concern, outcome="Cambia turno", by=partner_staff, now=now)


def test_only_the_intern_says_it(running, partner_staff, operator, now):
    for by in (partner_staff, operator):
        with pytest.raises(PermissionDenied):
            actions.raise_concern(internship=running, text="x", by=by, now=now)


# --- visits ---------------------------------------------------------------------


def test_a_visit_is_planned_once_held_or_taken_off(running, partner_staff, now):
    whom = {"by": partner_staff, "now": now}
    day = TODAY + timedelta(days=7)
    visit = actions.plan_visit(internship=running, on=day, **whom)
    with pytest.raises(NotNow):
        actions.plan_visit(internship=running, on=day, **whom)
    with pytest.raises(ValidationError):
        actions.plan_visit(internship=running, on=running.ends_on + timedelta(days=1), **whom)
    with pytest.raises(ValidationError):
        actions.record_visit(visit=visit, held_on=day, found="Bene", **whom)
    actions.record_visit(visit=visit, held_on=TODAY, found="Bene", **whom)
    with pytest.raises(NotNow):
        actions.drop_visit(visit=visit, **whom)
    other = actions.plan_visit(internship=running, on=day + timedelta(days=1), **whom)
    actions.drop_visit(visit=other, **whom)
    assert list(Visit.objects.values_list("planned_on", "held_on")) == [(day, TODAY)]


def test_words_about_people_are_ciphertext_in_the_database(running, young_person, partner_staff, now):
    from django.db import connection

    actions.raise_concern(internship=running, text="Sono sola in cucina", by=young_person.user, now=now)
    actions.report_accident(internship=running, happened_at=now, what="Un taglio", by=partner_staff, now=now)
    factories.VisitFactory(internship=running, found="Va bene")
    with connection.cursor() as cursor:
        for table, column in (("concern", "text"), ("accident", "what"), ("visit", "found")):
            cursor.execute(f'SELECT "{column}" FROM internships_{table}')
            assert not {"Sono sola in cucina", "Un taglio", "Va bene"} & {row[0] for row in cursor}
    assert timezone.localdate(now) == TODAY
