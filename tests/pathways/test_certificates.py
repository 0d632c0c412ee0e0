"""Certificates: by rule, on paper that can be checked, taken back, given anew, and for a whole group."""

import io
import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts.actions import merge
from foundation.communications.models import OutgoingMessage
from foundation.documents.models import Document
from foundation.documents.queries import content_of
from foundation.privacy.actions import anonymise
from foundation.privacy.models import Event
from intake.hooks import achievements
from migwork.checkdigit import new_code, spaced_code
from migwork.errors import NotNow
from pathways import actions, tasks
from pathways.actions import certificates as making
from pathways.enums import BatchState, CertificateState
from pathways.models import Certificate, CertificateBatch
from pathways.queries import certificates as queries
from tests import factories
from tests.pathways.certificates import completed, finished_run, group
from tests.pdf import text_of

SKILLS = ["prepara caffè e cocktail", "accoglie i clienti"]


@pytest.fixture
def rule(course):
    return factories.CertificateRuleFactory(opportunity=course, least_share=70, skills=SKILLS)


@pytest.fixture
def run(course, now):
    """Four sessions of five hours, over."""
    return finished_run(course, now)


@pytest.fixture
def enrolment(run, rule, participation):
    return completed(run, participation)


@pytest.fixture
def light(monkeypatch):
    """What the PDF looks like is tested elsewhere."""
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: html.encode())


def issue(enrolment, by, now):
    return actions.issue_certificate(enrolment=enrolment, by=by, now=now)


# --- The rule -----------------------------------------------------------------------------


@pytest.mark.parametrize(("sessions", "lacks"), [(4, []), (3, []), (2, ["50 % delle ore invece del 70 %."])])
def test_by_rule(run, rule, participation, sessions, lacks):
    completed(run, participation, sessions=sessions)
    [standing] = queries.standings(run)
    assert standing.lacks == lacks


def test_by_the_test_too(run, rule, participation, partner_staff, now, light):
    enrolment = completed(run, participation)
    actions.set_certificate_rule(
        opportunity=run.opportunity, least_share=70, needs_test=True, skills=SKILLS, by=partner_staff, now=now
    )
    with pytest.raises(NotNow, match="esito della prova"):
        issue(enrolment, partner_staff, now)
    actions.record_tests(run=run, results={enrolment.pk: False}, by=partner_staff, now=now)
    with pytest.raises(NotNow, match="Non ha superato"):
        issue(enrolment, partner_staff, now)
    actions.record_tests(run=run, results={enrolment.pk: True}, by=partner_staff, now=now)
    assert issue(enrolment, partner_staff, now).test_passed


def test_who_did_not_complete_or_has_no_rule_gets_none(run, course, participation, partner_staff, now):
    enrolment = completed(run, participation, state="not_completed")
    with pytest.raises(NotNow, match="regola"):
        issue(enrolment, partner_staff, now)
    factories.CertificateRuleFactory(opportunity=course)
    with pytest.raises(NotNow, match="completato"):
        issue(enrolment, partner_staff, now)


def test_of_who_wants_their_data_left_alone_nothing_is_made(enrolment, partner_staff, now):
    person = enrolment.participation.person
    person.limited_at = now
    person.save()
    with pytest.raises(NotNow, match="non usare"):
        issue(enrolment, partner_staff, now)


def test_only_who_runs_the_activity_gives_them(enrolment, other_partner_staff, operator, coordinator, now):
    for stranger in (other_partner_staff, operator, coordinator, enrolment.participation.person.user):
        with pytest.raises(PermissionDenied):
            issue(enrolment, stranger, now)
    assert not Certificate.objects.exists()


# --- The paper ----------------------------------------------------------------------------


def test_tagged_pdf(enrolment, partner_staff, now):
    certificate = issue(enrolment, partner_staff, now)
    content = content_of(certificate.document)
    text = " ".join(text_of(content).split())
    person = enrolment.participation.person
    said = [person.full_name, "Barman per eventi", "20 ore su 20", *SKILLS, certificate.document.protocol_number]
    for part in [*said, certificate.printed_code, certificate.issuer]:
        assert part in text
    with pikepdf.open(io.BytesIO(content)) as paper:
        assert len(paper.pages) == 1
        assert str(paper.Root.Lang) == "it"
        assert paper.Root.MarkInfo.Marked
        found = list(_tags(paper.Root.StructTreeRoot))
        assert {"/H1", "/H2", "/P", "/Figure"} <= {tag for tag, _alt in found}
        assert [alt for tag, alt in found if tag == "/Figure"] == [
            "Codice QR: porta alla pagina che conferma questo attestato"
        ]
        with paper.open_metadata() as xmp:
            assert xmp["pdfuaid:part"] == "1"


def _tags(node):
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from _tags(child)
    elif isinstance(node, pikepdf.Dictionary):
        if "/S" in node:
            yield str(node.S), str(node.get("/Alt", ""))
        if "/K" in node:
            yield from _tags(node.K)


def test_qr_read_from_the_picture_leads_to_its_page(enrolment, partner_staff, now, client, settings):
    certificate = issue(enrolment, partner_staff, now)
    picture = pypdfium2.PdfDocument(content_of(certificate.document))[0].render(scale=2).to_pil()
    [found] = zxingcpp.read_barcodes(picture)
    assert found.text.startswith(settings.SITE_URL)
    answer = client.get(found.text.removeprefix(settings.SITE_URL))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Questo attestato è autentico e valido" in text
    assert certificate.document.protocol_number in text


def test_the_file_that_is_not_what_was_made_is_not_given_out(enrolment, partner_staff, client, now, light):
    certificate = issue(enrolment, partner_staff, now)
    client.force_login(enrolment.participation.person.user)
    address = reverse("pathways:certificate-paper", args=[certificate.pk])
    assert client.get(address).status_code == 200
    Path(certificate.document.file.path).write_bytes(b"%PDF-1.7 another")
    assert client.get(address).status_code == 404


def test_what_changes_afterwards_changes_nothing_in_it(enrolment, partner_staff, now, light):
    certificate = issue(enrolment, partner_staff, now)
    person, course = enrolment.participation.person, enrolment.run.opportunity
    person.first_name, course.title = "Altra", "Un altro corso"
    person.save()
    course.save()
    certificate.refresh_from_db()
    assert (certificate.holder, certificate.activity) == ("Amina Bianchi", "Barman per eventi")


def test_numbers_have_no_gaps_also_when_one_fails(run, rule, edition, partner_staff, now, light, monkeypatch):
    first, second = group(run, edition, 2)
    issue(first, partner_staff, now)
    monkeypatch.setattr(making.notifications, "certificate_issued", None)
    with pytest.raises(TypeError):
        issue(second, partner_staff, now)
    monkeypatch.undo()
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: html.encode())
    issue(second, partner_staff, now)
    assert list(Document.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


# --- The public page ----------------------------------------------------------------------


def proof(client, certificate, **data):
    address = reverse("pathways:certificate-proof", args=[certificate.printed_code])
    return client.post(address, data) if data else client.get(address)


def test_the_page_says_as_little_as_possible(enrolment, partner_staff, client, now, light):
    answer = proof(client, issue(enrolment, partner_staff, now))
    text = answer.content.decode()
    assert "A. B." in text
    for part in ("Amina", "Bianchi", "cocktail", "Ada Moro"):
        assert part not in text
    assert "maggio 2026" in text
    assert "5 maggio" not in text
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("name", ["Amina Bianchi", "bianchi  AMINA"])
def test_who_knows_the_name_sees_all_that_is_printed(enrolment, partner_staff, client, now, light, name):
    text = proof(client, issue(enrolment, partner_staff, now), name=name).content.decode()
    assert "Amina Bianchi" in text
    assert "cocktail" in text


@pytest.mark.parametrize("name", ["Amina", "Amina Rossi", "A. B."])
def test_another_name_sees_no_more(enrolment, partner_staff, client, now, light, name):
    text = proof(client, issue(enrolment, partner_staff, now), name=name).content.decode()
    assert "Non è il nome" in text
    assert "Bianchi" not in text
    assert "cocktail" not in text


def test_a_code_typed_by_hand_leads_there(enrolment, partner_staff, client, now, light):
    certificate = issue(enrolment, partner_staff, now)
    answer = client.get(reverse("pathways:certificate-check"), {"codice": f" {certificate.code.lower()} "})
    assert answer.url == reverse("pathways:certificate-proof", args=[certificate.printed_code])
    answer = client.get(reverse("pathways:certificate-check"), {"codice": "ABC"})
    assert "Guardalo di nuovo" in answer.content.decode()


def test_codes_cannot_be_tried_one_after_the_other(enrolment, partner_staff, client, now, light):
    certificate = issue(enrolment, partner_staff, now)
    for _n in range(30):  # those that are found count for nothing
        assert proof(client, certificate).status_code == 200
    tries = [
        client.get(reverse("pathways:certificate-proof", args=[spaced_code(new_code())])).status_code
        for _n in range(21)
    ]
    assert tries == [404] * 20 + [429]
    assert proof(client, certificate).status_code == 429


def test_names_cannot_be_tried_one_after_the_other(enrolment, partner_staff, client, now, light):
    certificate = issue(enrolment, partner_staff, now)
    tries = [proof(client, certificate, name=f"Nome {n}").status_code for n in range(21)]
    assert tries == [200] * 20 + [429]


# --- Taken back, given anew ---------------------------------------------------------------


def test_revoked_and_issued_again(enrolment, partner_staff, client, now, light):
    first = issue(enrolment, partner_staff, now)
    with pytest.raises(NotNow, match="perché"):
        actions.revoke_certificate(certificate=first, reason=" ", by=partner_staff, now=now)
    actions.revoke_certificate(certificate=first, reason="Ore contate due volte", by=partner_staff, now=now)
    first.document.refresh_from_db()
    assert first.document.withdrawn_at == now
    text = proof(client, first).content.decode()
    assert "non è più valido" in text
    assert "A. B." not in text
    assert "Ore contate" not in text

    second = issue(enrolment, partner_staff, now)
    third = actions.reissue_certificate(certificate=second, reason="Cognome corretto", by=partner_staff, now=now)
    text = proof(client, second).content.decode()
    assert f"sostituito dall’attestato numero {third.document.protocol_number}" in " ".join(text.split())
    assert "autentico e valido" in proof(client, third).content.decode()
    states = dict(Certificate.objects.values_list("pk", "state"))
    assert states == {
        first.pk: CertificateState.REVOKED,
        second.pk: CertificateState.REPLACED,
        third.pk: CertificateState.VALID,
    }
    verbs = Event.objects.filter(verb__startswith="pathways.certificate_").values_list("verb", flat=True)
    assert sorted(verb.rpartition("_")[2] for verb in verbs) == ["issued"] * 3 + ["replaced", "revoked"]


def test_nobody_has_two_and_what_ended_does_not_come_back(enrolment, partner_staff, now, light):
    certificate = issue(enrolment, partner_staff, now)
    with pytest.raises(NotNow, match="già"):
        issue(enrolment, partner_staff, now)
    actions.revoke_certificate(certificate=certificate, reason="Errore", by=partner_staff, now=now)
    for again in (actions.revoke_certificate, actions.reissue_certificate):
        with pytest.raises(NotNow):
            again(certificate=certificate, reason="Ancora", by=partner_staff, now=now)


def test_told_once(enrolment, partner_staff, now, light):
    certificate = issue(enrolment, partner_staff, now)
    told = OutgoingMessage.objects.filter(key__startswith="pathways:certificate_issued")
    assert told.count() == 1
    actions.revoke_certificate(certificate=certificate, reason="Errore segreto", by=partner_staff, now=now)
    revoked = OutgoingMessage.objects.get(key__startswith="pathways:certificate_revoked")
    assert "segreto" not in revoked.subject + revoked.text


# --- The young person, two records, and being forgotten --------------------------------------


def test_theirs_and_among_what_they_achieved(enrolment, partner_staff, client, other_young_person, now, light):
    certificate = issue(enrolment, partner_staff, now)
    person = enrolment.participation.person
    client.force_login(person.user)
    text = client.get(reverse("pathways:certificate-list")).content.decode()
    assert certificate.printed_code in text
    [[achieved]] = [rows for rows in achievements.call(person=person) if rows]
    assert achieved.certificate == certificate.document.protocol_number
    assert achieved.url in client.get(reverse("intake:my-achievements")).content.decode()
    client.force_login(other_young_person.user)
    assert client.get(achieved.url).status_code == 404


def test_after_a_merge_the_paper_and_its_page_stay(enrolment, operator, partner_staff, client, now, light):
    certificate = issue(enrolment, partner_staff, now)
    double = enrolment.participation.person
    kept = factories.YoungPersonFactory(
        user=None, first_name=double.first_name, last_name=double.last_name, birth_date=double.birth_date
    )
    merge(kept=kept, merged=double, reason="La stessa persona", by=operator, now=now)
    assert queries.certificates_of(kept) == [certificate]
    assert "A. B." in proof(client, certificate).content.decode()


def test_a_forgotten_person_leaves_a_genuine_paper_of_nobody(enrolment, partner_staff, client, now, light):
    certificate = issue(enrolment, partner_staff, now)
    anonymise(about=enrolment.participation.person_id, by=None, now=now)
    text = proof(client, certificate).content.decode()
    assert "autentico e valido" in text
    assert "Di chi è, non lo sappiamo più" in text
    assert "A. B." not in text
    certificate.refresh_from_db()
    assert certificate.holder == ""
    assert content_of(Document.objects.get(pk=certificate.document_id)) is None
    assert "Bianchi" not in proof(client, certificate, name="Amina Bianchi").content.decode().split("<form")[0]


# --- For a whole group --------------------------------------------------------------------


def ask(run, by, now):
    return actions.ask_certificates(run=run, by=by, now=now)


def test_batch_with_progress(run, rule, edition, partner_staff, client, now, light, monkeypatch):
    monkeypatch.setattr(tasks.make_certificates, "delay", lambda **kwargs: None)
    group(run, edition, 3)
    completed(run, factories.ParticipationFactory(edition=edition), sessions=1)  # too few hours
    batch = ask(run, partner_staff, now)
    assert ask(run, partner_staff, now) == batch
    client.force_login(partner_staff)
    address = reverse("pathways:run-certificates", args=[run.pk])
    assert "0 attestati fatti su 3" in client.get(address).content.decode()

    made, stop = [], making._make_one

    def one_then_dead(batch, enrolment, now):
        if made:
            raise KeyboardInterrupt
        made.append(stop(batch, enrolment, now))

    monkeypatch.setattr(making, "_make_one", one_then_dead)
    with pytest.raises(KeyboardInterrupt):
        actions.make_certificates(batch_id=batch.pk, now=now)
    part = client.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert 'max="3" value="1"' in part
    assert "1 attestato fatto su 3" in part or "1 attestati fatti su 3" in part

    monkeypatch.setattr(making, "_make_one", stop)
    actions.make_certificates(batch_id=batch.pk, now=now)
    batch.refresh_from_db()
    assert (batch.state, batch.done, Certificate.objects.count()) == (BatchState.DONE, 3, 3)
    numbers = [
        row.document.number for row in Certificate.objects.select_related("document").order_by("document__number")
    ]
    assert numbers == [1, 2, 3]
    assert "3 attestati" in client.get(address).content.decode()
    assert actions.make_certificates(batch_id=batch.pk, now=now) is None


def test_a_batch_that_makes_nothing_gives_up(run, rule, edition, partner_staff, now, monkeypatch):
    monkeypatch.setattr(tasks.make_certificates, "delay", lambda **kwargs: None)
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: 1 / 0)
    group(run, edition, 1)
    batch = ask(run, partner_staff, now)
    for _n in range(3):
        actions.make_certificates(batch_id=batch.pk, now=now)
    batch.refresh_from_db()
    assert batch.state == BatchState.FAILED
    assert "3 volte" in batch.error
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: html.encode())
    actions.retry_certificates(batch=batch, by=partner_staff, now=now)
    tasks.resume_certificates()
    actions.make_certificates(batch_id=batch.pk, now=now)
    assert CertificateBatch.objects.get().done == 1


def test_who_had_one_taken_back_gets_none_with_the_others(enrolment, edition, partner_staff, now, light):
    certificate = issue(enrolment, partner_staff, now)
    actions.revoke_certificate(certificate=certificate, reason="Errore", by=partner_staff, now=now)
    with pytest.raises(NotNow, match="Nessuno"):
        ask(enrolment.run, partner_staff, now)


def test_the_pages_ask_as_much_for_many_as_for_few(
    run, rule, edition, partner_staff, client, now, light, django_assert_max_num_queries
):
    for enrolment in group(run, edition, 5):
        issue(enrolment, partner_staff, now)
    client.force_login(partner_staff)
    with django_assert_max_num_queries(12):
        text = client.get(reverse("pathways:run-certificates", args=[run.pk])).content.decode()
    assert len(re.findall("Prova 00", text)) == 5


@pytest.mark.parametrize("name", ["certificate-detail", "certificate-revoke", "certificate-reissue"])
def test_the_pages_of_one_open(enrolment, partner_staff, client, now, light, name):
    certificate = issue(enrolment, partner_staff, now)
    client.force_login(partner_staff)
    assert client.get(reverse(f"pathways:{name}", args=[certificate.pk])).status_code == 200
