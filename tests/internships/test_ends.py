"""After the last day: attestation, dossier, copies, evaluations, outcome and the question six months on."""

import contextlib
import hashlib
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from internships import actions, rules
from internships.host_link import token_of
from internships.models import (
    Evaluation,
    Internship,
    InternshipOutcome,
    LaterOutcome,
    OperatingUnit,
    RegisterDay,
)
from internships.queries import ends, places_of
from internships.queries.rules import ended_and_hired
from migwork.errors import NotNow
from migwork.months import add_months
from tests import factories
from tests.pdf import text_of

COMPETENCES = ["Preparare bevande", "Servire al banco"]


@pytest.fixture
def over(running, partner_staff, now):
    """120 hours were planned; `over(hours)` gives the internship with so many attended."""

    def end(hours):
        RegisterDay.objects.bulk_create(
            RegisterDay(
                internship=running,
                on=running.starts_on + timedelta(days=place),
                hours=min(Decimal(20), hours - 20 * place),
                recorded_by=partner_staff,
                recorded_at=now,
            )
            for place in range(-(-hours // 20))
        )
        return actions.move(internship=running, verb="complete", by=partner_staff, now=now + timedelta(days=27))

    return end


@pytest.fixture
def whom(partner_staff, now):
    return {"by": partner_staff, "now": now + timedelta(days=28)}


@pytest.mark.parametrize(("hours", "enough"), [(83, False), (84, True), (85, True)])
def test_the_attestation_is_for_who_was_there_enough(over, whom, quick_documents, hours, enough):
    internship = over(hours)
    if not enough:
        with pytest.raises(NotNow, match="83 ore su 120: l’attestazione chiede il 70 %"):
            actions.issue_attestation(internship=internship, competences=COMPETENCES, **whom)
        return
    paper = actions.issue_attestation(internship=internship, competences=[*COMPETENCES, " "], **whom)
    assert (paper.hours, paper.planned, paper.competences) == (hours, 120, COMPETENCES)
    assert OutgoingMessage.objects.filter(key=f"end-paper:{paper.pk}").count() == 1
    with pytest.raises(NotNow):
        actions.issue_attestation(internship=internship, competences=COMPETENCES, **whom)


def test_it_names_competences_and_comes_after_the_end(over, running, whom, quick_documents, operator):
    with pytest.raises(NotNow):
        actions.issue_attestation(internship=running, competences=COMPETENCES, **whom)
    internship = over(100)
    with pytest.raises(ValidationError):
        actions.issue_attestation(internship=internship, competences=[" "], **whom)
    with pytest.raises(PermissionDenied):
        actions.issue_attestation(internship=internship, competences=COMPETENCES, **{**whom, "by": operator})
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.EndPaperFactory(internship=internship, kind="attestation", competences=[])


def test_papers_say_hours_competences_and_what_the_host_said(over, whom, now):
    internship = over(100)
    call_command("load_questionnaire", "internships/questionnaires/internship-host.toml", verbosity=0)
    assert actions.ask_evaluations(now=now + timedelta(days=27)) == 1
    evaluation = Evaluation.objects.get()
    said = {"tasks": "alone"}
    actions.answer_evaluation(evaluation=evaluation, section="work", answers=said, version=0, now=whom["now"])
    actions.finish_evaluation(evaluation=evaluation, now=whom["now"])
    paper = actions.issue_attestation(internship=internship, competences=COMPETENCES, **whom)
    with paper.document.file.open() as file:
        text = text_of(file.read())
    assert "Preparare bevande" in text
    assert "100 ore su 120" in text
    day = internship.days.order_by("on").first()
    day.note = "Ho aperto da sola"
    day.save()
    factories.RegisterDayFactory(
        internship=internship, on=day.on - timedelta(days=1), state="disputed", dispute="No", note="Non c’ero"
    )
    dossier = actions.make_dossier(internship=internship, **whom)
    with dossier.document.file.open() as file:
        text = text_of(file.read())
    for words in ("Servire al banco", "maggio 2026", "Svolge i compiti assegnati", "Bar Basso", "Ho aperto da sola"):
        assert words in text
    # A day that nobody has confirmed is none.
    assert "Non c’ero" not in text


def test_whoever_represents_a_minor_gets_a_copy_by_a_link_of_its_own(over, whom, quick_documents, client):
    internship = over(100)
    person = internship.participation.person
    mother = factories.RepresentationFactory(person=person, representative__email="madre@example.org")
    paper = actions.make_dossier(internship=internship, **whom)
    assert not OutgoingMessage.objects.filter(to="madre@example.org").exists()
    person.birth_date = date(2009, 1, 1)
    person.save()
    paper = actions.make_dossier(internship=Internship.objects.get(), **whom)
    message = OutgoingMessage.objects.get(to=mother.representative.email)
    address = reverse("internships:paper-by-link", args=[ends.PAPER_LINKS.token(paper.pk)])
    assert address in message.text
    page = client.get(address)
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    with contextlib.closing(client.post(address)) as answer:
        assert answer["Content-Type"] == "application/pdf"
    other = reverse("internships:paper-by-link", args=[ends.LATER_LINKS.token(paper.pk)])
    assert client.get(other).status_code == 404


def test_a_wrong_attestation_is_withdrawn_and_another_made(over, whom, operator, client):
    internship = over(100)
    person = internship.participation.person
    person.birth_date = date(2009, 1, 1)
    person.save()
    factories.RepresentationFactory(person=person, representative__email="madre@example.org")
    internship = Internship.objects.get()
    wrong = actions.issue_attestation(internship=internship, competences=["Pilotare aerei"], **whom)
    copy = reverse("internships:paper-by-link", args=[ends.PAPER_LINKS.token(wrong.pk)])
    assert client.get(copy).status_code == 200
    with wrong.document.file.open("rb") as file:
        content = file.read()
    for refused, fault in (
        ({**whom, "by": operator, "reason": "Errore"}, PermissionDenied),
        ({**whom, "reason": " "}, ValidationError),
    ):
        with pytest.raises(fault):
            actions.withdraw_attestation(internship=internship, **refused)
    actions.withdraw_attestation(internship=internship, reason="Competenza sbagliata", **whom)
    with pytest.raises(NotNow):
        actions.withdraw_attestation(internship=internship, reason="Ancora", **whom)
    # Who holds the file, or a link to it, reads that it holds no more.
    assert client.get(copy).status_code == 404
    check = client.post(reverse("documents:check"), {"file": SimpleUploadedFile("a.pdf", content)}).content.decode()
    assert "Questo documento non vale più" in check
    told = OutgoingMessage.objects.filter(key__startswith="end-paper-withdrawn")
    assert {message.to for message in told} == {person.email, "madre@example.org"}
    # Another one takes its place, and stands alone on the pages.
    right = actions.issue_attestation(internship=internship, competences=COMPETENCES, **whom)
    assert [paper.pk for paper in ends.end_of(internship).papers] == [str(right.pk)]
    wrong.refresh_from_db()
    wrong.withdrawn_at, wrong.withdrawn_by, wrong.reason = None, None, ""
    with pytest.raises(IntegrityError), transaction.atomic():
        wrong.save()


def test_a_paper_stays_as_it_was_made(over, whom):
    internship = over(100)
    paper = actions.issue_attestation(internship=internship, competences=COMPETENCES, **whom)
    with paper.document.file.open("rb") as file:
        before = file.read()
    first = internship.days.order_by("on").first()
    actions.amend_day(internship=internship, on=first.on, hours=Decimal(1), reason="Scritto male", **whom)
    with pytest.raises(NotNow):
        actions.issue_attestation(internship=internship, competences=["Altro"], **whom)
    paper.refresh_from_db()
    with paper.document.file.open("rb") as file:
        assert file.read() == before
    assert paper.hours == 100
    assert paper.document.sha256 == hashlib.sha256(before).hexdigest()


def test_nobody_at_home_is_written_to_where_it_is_not_safe(over, whom, quick_documents):
    internship = over(100)
    person = internship.participation.person
    factories.RepresentationFactory(person=person, representative__email="madre@example.org")
    person.birth_date, person.safe_contact = date(2009, 1, 1), True
    person.safe_channel, person.safe_address = "email", "sicura@example.org"
    person.save()
    actions.make_dossier(internship=Internship.objects.get(), **whom)
    assert not OutgoingMessage.objects.filter(to="madre@example.org").exists()


# --- evaluations ------------------------------------------------------------------


@pytest.fixture
def asked(over, now, db):
    call_command(
        "load_questionnaire",
        "internships/questionnaires/internship-host.toml",
        "internships/questionnaires/internship-intern.toml",
        verbosity=0,
    )
    internship = over(100)
    assert actions.ask_evaluations(now=now + timedelta(days=27)) == 2
    return {row.side: row for row in internship.evaluations.all()}


def test_both_sides_are_asked_once_by_a_link(asked, running, young_person, now):
    assert actions.ask_evaluations(now=now + timedelta(days=27)) == 0
    told = {m.to: m.text for m in OutgoingMessage.objects.filter(key__startswith="evaluation:")}
    assert set(told) == {young_person.email, running.host_tutor.email}
    assert ends.EVALUATION_LINKS.token(asked["host"].pk) in told[running.host_tutor.email]


def link_to(evaluation):
    return reverse("internships:evaluation", args=[ends.EVALUATION_LINKS.token(evaluation.pk)])


def test_part_by_part_and_then_it_stays(asked, client, whom):
    evaluation, address = asked["intern"], link_to(asked["intern"])
    assert "Il lavoro" in client.get(address).content.decode()
    answer = client.post(
        address, {"parte": "work", "version": 0, "learnt": "much", "learnt_words": "So fare il caffè"}, follow=True
    )
    assert "Il tutor in azienda ti ha seguito?" in answer.content.decode()
    # Who comes back finds the part that is still open; an answered one can be opened, and does not show by the link
    # what was said before, which stays.
    assert "Il tutor in azienda ti ha seguito?" in client.get(address).content.decode()
    assert "So fare il caffè" not in client.get(address + "?parte=work").content.decode()
    client.post(address, {"parte": "work", "version": 1, "adds": "1", "learnt": "quite"})
    answer = client.post(address, {"parte": "people", "version": 0, "again": "yes"}, follow=True)
    assert "È tutto" in answer.content.decode()
    client.post(address, {"finish": "1"})
    evaluation.refresh_from_db()
    evaluation.sheet.refresh_from_db()
    assert evaluation.done_at is not None
    assert evaluation.sheet.answers["work"] == {"learnt": "quite", "learnt_words": "So fare il caffè"}
    with pytest.raises(NotNow):
        actions.answer_evaluation(evaluation=evaluation, section="work", answers={}, version=2, now=whom["now"])


def test_what_is_typed_is_kept_and_another_window_does_not_undo_it(asked, client):
    address, htmx = link_to(asked["host"]), {"HX-Request": "true"}
    answer = client.post(address, {"parte": "after", "version": 0, "strengths": "Il caf"}, headers=htmx)
    assert 'value="1"' in answer.content.decode()
    # The host reads its own words again until they are sent.
    assert "Il caf" in client.get(address + "?parte=after").content.decode()
    client.post(address, {"parte": "after", "version": 1, "strengths": "Il caffè"}, headers=htmx)
    answer = client.post(address, {"parte": "after", "version": 1, "advice": "La cassa"})
    body = answer.content.decode()
    assert "Intanto hai risposto in un’altra finestra" in body
    assert "Il caffè" in body
    assert "La cassa" in body
    # Which of the two counts is the person's choice: nothing is saved by itself now.
    assert "hx-post" not in body.split("<main")[1]
    sheet = asked["host"].sheet
    sheet.refresh_from_db()
    assert sheet.answers["after"] == {"strengths": "Il caffè"}


def test_a_hosts_page_shows_nothing_that_the_intern_said(asked, client, whom):
    said = {"words": "Il bagno è rotto", "safe": "no"}
    actions.answer_evaluation(evaluation=asked["intern"], section="people", answers=said, version=0, now=whom["now"])
    body = client.get(link_to(asked["host"])).content.decode()
    assert "Il bagno" not in body
    other = reverse("internships:evaluation", args=[ends.PAPER_LINKS.token(asked["intern"].pk)])
    assert client.get(other).status_code == 404


def test_the_hosts_own_page_leads_there_until_it_is_sent(asked, running, client, whom):
    link = factories.HostLinkFactory(tutor=running.host_tutor)
    address = reverse("internships:host-home", args=[token_of(link)])
    where = link_to(asked["host"])
    with time_machine.travel(whom["now"], tick=False):
        assert where in client.get(address).content.decode()
        said = {"hire": "yes"}
        actions.answer_evaluation(evaluation=asked["host"], section="after", answers=said, version=0, now=whom["now"])
        actions.finish_evaluation(evaluation=asked["host"], now=whom["now"])
        assert where not in client.get(address).content.decode()


def test_the_intern_reads_their_own_answers_signed_in(asked, client, young_person, whom):
    said = {"words": "Mi è piaciuto"}
    actions.answer_evaluation(evaluation=asked["intern"], section="people", answers=said, version=0, now=whom["now"])
    client.force_login(young_person.user)
    address = reverse("internships:my-evaluation", args=[asked["intern"].internship_id])
    assert "Mi è piaciuto" in client.get(address + "?parte=people").content.decode()


def test_who_has_not_answered_is_reminded_once(asked, running, now, partner_staff, operator):
    actions.answer_evaluation(
        evaluation=asked["intern"], section="people", answers={"again": "yes"}, version=0, now=now + timedelta(days=28)
    )
    actions.finish_evaluation(evaluation=asked["intern"], now=now + timedelta(days=28))
    assert actions.remind_evaluations(now=now + timedelta(days=33)) == 0
    assert actions.remind_evaluations(now=now + timedelta(days=34, hours=1)) == 1
    assert actions.remind_evaluations(now=now + timedelta(days=35)) == 0
    again = {"evaluation": asked["host"], "now": now + timedelta(days=36)}
    assert actions.send_evaluation_again(**again, by=partner_staff)
    assert not actions.send_evaluation_again(**again, by=partner_staff)
    with pytest.raises(PermissionDenied):
        actions.send_evaluation_again(**again, by=operator)
    assert OutgoingMessage.objects.filter(to=running.host_tutor.email, key__startswith="evaluation:").count() == 3


def test_nothing_is_sent_before_anything_is_answered(asked, whom):
    with pytest.raises(NotNow):
        actions.finish_evaluation(evaluation=asked["host"], now=whom["now"])


@pytest.mark.parametrize("who", ["partner_staff", "operator", "young_person"])
def test_pages_of_what_is_over_ask_little_of_the_database(
    asked, who, request, client, quick_documents, whom, django_assert_max_num_queries
):
    internship = asked["host"].internship
    actions.issue_attestation(internship=internship, competences=COMPETENCES, **whom)
    actions.record_outcome(internship=internship, kind="hired", hired_on=internship.ends_on, **whom)
    person = request.getfixturevalue(who)
    client.force_login(getattr(person, "user", person))
    address = reverse("internships:internship-detail", args=[internship.pk])
    client.get(address)
    with django_assert_max_num_queries(12):
        assert "Attestazione finale" in client.get(address).content.decode()


def test_too_few_hours_are_said_on_the_page(over, client, partner_staff):
    internship = over(83)
    client.force_login(partner_staff)
    body = client.get(reverse("internships:internship-detail", args=[internship.pk])).content.decode()
    assert "83 ore su 120: l’attestazione chiede il 70 %" in body
    assert reverse("internships:attestation", args=[internship.pk]) not in body


# --- the outcome ------------------------------------------------------------------


def test_the_outcome_is_kept_and_mended(over, whom, operator):
    internship = over(100)
    with pytest.raises(ValidationError):
        actions.record_outcome(internship=internship, kind="hired", **whom)
    with pytest.raises(PermissionDenied):
        actions.record_outcome(internship=internship, kind="school", **{**whom, "by": operator})
    hired = {"hired_on": date(2026, 6, 15), "contract_months": 12, "part_time_share": Decimal(60)}
    actions.record_outcome(internship=internship, kind="hired", **hired, **whom)
    outcome = InternshipOutcome.objects.get()
    assert (outcome.hired_on, outcome.contract_months, outcome.part_time_share) == tuple(hired.values())
    actions.record_outcome(internship=internship, kind="school", **hired, **whom)
    outcome.refresh_from_db()
    assert (outcome.kind, outcome.hired_on, outcome.contract_months) == ("school", None, None)


def test_a_hire_counts_by_its_contract(over, whom):
    """At and below the limits of the rule set: six months, half of full time."""
    internship = over(100)
    values = rules.values(date(2026, 6, 20))
    unit = internship.unit
    for months, share, counted in ((6, 50, 1), (None, 100, 1), (5, 100, 0), (12, Decimal("49.99"), 0)):
        given = {"hired_on": date(2026, 6, 15), "contract_months": months, "part_time_share": Decimal(share)}
        outcome = actions.record_outcome(internship=internship, kind="hired", **given, **whom)
        assert ended_and_hired([unit], date(2026, 6, 20), values) == {unit.pk: (1, counted)}
        assert outcome.counts(values) == bool(counted)
    # Not before the day on which the contract begins.
    actions.record_outcome(internship=internship, kind="hired", hired_on=date(2026, 7, 1), contract_months=12, **whom)
    assert ended_and_hired([unit], date(2026, 6, 20), values) == {unit.pk: (1, 0)}
    actions.record_outcome(internship=internship, kind="offer", **whom)
    assert ended_and_hired([unit], date(2026, 7, 20), values) == {unit.pk: (1, 0)}


def test_the_hosts_page_says_what_its_hires_bring(over, whom):
    internship = over(100)
    OperatingUnit.objects.filter(pk=internship.unit_id).update(headcount=30, permanent_staff=30)
    given = {"hired_on": internship.starts_on, "contract_months": 12}
    actions.record_outcome(internship=internship, kind="hired", **given, **whom)
    (places,) = places_of(internship.unit.host, date(2026, 6, 20))
    assert (places.hired, places.ended, places.quota.bonus, places.quota.places) == (1, 1, 4, 7)
    said = " ".join(places.why)
    assert "assunti 1 su 1, posti in più 4" in said
    assert "almeno 6 mesi" in said


def todos_of(internship):
    return {todo.kind: todo.due_on for todo in internship.todos.filter(kind__in=["outcome", "later"])}


def test_what_became_of_the_intern_is_on_the_list_until_it_is_written(over, whom):
    internship = over(100)
    last = internship.ends_on
    assert todos_of(internship) == {"outcome": add_months(last, 1), "later": add_months(last, 7)}
    with pytest.raises(NotNow):
        actions.do_todo(todo=internship.todos.get(kind="outcome"), done_on=last, reference="1", **whom)
    actions.record_outcome(internship=internship, kind="school", **whom)
    assert set(todos_of(internship)) == {"later"}


def test_six_months_on_the_intern_is_asked_once_and_answers_once(over, whom, client):
    """Whether or not the promoter has written what became of them."""
    internship = over(100)
    rome = ZoneInfo("Europe/Rome")
    due = datetime.combine(add_months(internship.ends_on, 6), time(10), rome)
    assert actions.ask_later(now=due - timedelta(days=1)) == 0
    assert actions.ask_later(now=due) == 1
    assert actions.ask_later(now=due) == 0
    later = LaterOutcome.objects.get()
    address = reverse("internships:later-by-link", args=[ends.LATER_LINKS.token(later.pk)])
    assert address in OutgoingMessage.objects.get(key=f"outcome-later:{internship.pk}").text
    with pytest.raises(NotNow):
        actions.answer_later(later=later, kind="school", now=due + timedelta(days=70))
    actions.answer_later(later=later, kind="school", now=due + timedelta(days=3))
    later.refresh_from_db()
    assert (later.kind, later.said_by) == ("school", None)
    assert "later" not in todos_of(internship)
    with pytest.raises(NotNow):
        actions.answer_later(later=later, kind="offer", now=due + timedelta(days=4))
    with pytest.raises(NotNow):
        actions.note_later(internship=internship, kind="offer", by=whom["by"], now=due + timedelta(days=4))


def test_who_did_not_answer_is_called_by_the_promoter(over, whom, operator):
    internship = over(100)
    with pytest.raises(NotNow, match="Non sono ancora passati sei mesi"):
        actions.note_later(internship=internship, kind="offer", **whom)
    day = datetime.combine(add_months(internship.ends_on, 6), time(10), ZoneInfo("Europe/Rome"))
    with pytest.raises(PermissionDenied):
        actions.note_later(internship=internship, kind="offer", by=operator, now=day)
    later = actions.note_later(internship=internship, kind="offer", by=whom["by"], now=day)
    assert (later.kind, later.said_by) == ("offer", whom["by"])
    assert "later" not in todos_of(internship)
    # Who was heard of is not asked.
    assert actions.ask_later(now=day) == 0
    # Mended by who wrote it.
    assert actions.note_later(internship=internship, kind="hired", by=whom["by"], now=day).kind == "hired"
