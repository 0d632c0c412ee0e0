"""Training projects in their turns, agreements, their signatures, and what follows from each answer."""

import hashlib
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.enums import PaperType
from foundation.communications.models import OutgoingMessage
from foundation.documents import actions as documents
from foundation.documents.enums import Assurance
from foundation.documents.models import Document, PaperKind, SignatureRequest, Signer, SigningLink
from foundation.documents.policies import Proof
from foundation.documents.queries import evidence_of
from foundation.privacy.models import Event
from internships import actions, queries
from internships.links import HOST_PART
from internships.models import Agreement, HostSigner, Internship, PaperTemplate, TrainingProject
from migwork.errors import NotNow
from tests import factories
from tests.accounts.signing import answer, checked
from tests.internships.conftest import scan
from tests.strict import StrictClient

pytestmark = pytest.mark.usefixtures("quick_documents", "papers")

PROMOTER = {
    "objectives": "Servire al bancone",
    "competences": "Somministrare bevande",
    "insurance_accident": "INAIL 123",
    "insurance_liability": "Duomo 456",
}
HOST = {
    "activities": "Preparare caffè",
    "timetable": "Da lunedì a venerdì, 9–15",
    "safety": "Quattro ore il primo giorno",
    "allowance": 500,
    "meals": "vouchers",
}


@pytest.fixture
def papers(db):
    call_command("load_purposes", verbosity=0)
    call_command("load_papers", verbosity=0)


@pytest.fixture
def boss(unit, partner_staff, now):
    """Who signs for the host; staff have seen who he is."""
    signer = actions.add_signer(
        host=unit.host,
        name="Luigi Basso",
        position="legale rappresentante",
        email="luigi@example.org",
        by=partner_staff,
        now=now,
    )
    return actions.check_signer(
        signer=signer, paper=PaperType.ID_CARD, email="luigi@example.org", phone="", by=partner_staff, now=now
    )


@pytest.fixture
def agreement(partner, unit, boss, partner_staff, now):
    drafted = actions.draft_agreement(
        promoter=partner,
        host=unit.host,
        signer=boss,
        valid_from=date(2026, 5, 1),
        valid_to=date(2028, 4, 30),
        by=partner_staff,
        now=now,
    )
    return actions.sign_agreement_outside(
        agreement=drafted, upload=scan(), signed_on=now.date(), by=partner_staff, now=now
    )


def state(project):
    return TrainingProject.objects.get(pk=project.pk).state


def write_all(internship, boss, partner_staff, now):
    """Promoter, host and young person write their parts."""
    act = {"internship": internship, "by": partner_staff, "now": now}
    actions.write_promoter(**act, **PROMOTER)
    project = actions.ask_host(**act)
    actions.write_host(project=project, **HOST, signer=boss, is_done=True, now=now)
    young = internship.participation.person.user
    return actions.write_intern(internship=internship, wishes="Fare cocktail", needs="", by=young, now=now)


@pytest.fixture
def sent(internship, agreement, boss, step, partner_staff, now):
    """Being signed by promoter, host and young person."""
    step(internship, "agree")
    write_all(internship, boss, partner_staff, now)
    return actions.send_project(internship=internship, promoter_signer=partner_staff, by=partner_staff, now=now)


def signers(project, kind="training-project"):
    """By role."""
    request = queries.latest_requests(project)[kind]
    return {signer.role: signer for signer in request.signers.all()}


def sign_all(project, partner_staff, now):
    found = signers(project)
    documents.sign(signer=found["promoter"], by=partner_staff, now=now)
    answer(found["host"], now)
    actions.check_intern(signer=found["person"], by=partner_staff, now=now)
    young = project.internship.participation.person.user
    return documents.sign(signer=found["person"], by=young, now=now)


# -- in turns --------------------------------------------------------------------------------


def test_each_writes_in_their_turn_and_then_it_is_ready(internship, boss, partner_staff, young_person, now):
    act = {"internship": internship, "by": partner_staff, "now": now}
    project = actions.write_promoter(**act, **PROMOTER)
    with pytest.raises(NotNow):
        actions.write_host(project=project, **HOST, signer=boss, is_done=True, now=now)
    project = actions.ask_host(**act)
    assert OutgoingMessage.objects.filter(to="carla@example.org", text__contains="/tirocini/azienda/").count() == 1
    with pytest.raises(NotNow):
        actions.write_intern(internship=internship, wishes="x", needs="", by=young_person.user, now=now)
    # Half-done, it is kept and stays with the host.
    actions.write_host(project=project, **{**HOST, "safety": ""}, signer=boss, is_done=False, now=now)
    assert state(project) == "host"
    with pytest.raises(ValidationError) as lacking:
        actions.write_host(project=project, **{**HOST, "safety": ""}, signer=boss, is_done=True, now=now)
    assert set(lacking.value.error_dict) == {"safety"}
    actions.write_host(project=project, **HOST, signer=boss, is_done=True, now=now)
    assert state(project) == "intern"
    actions.write_intern(internship=internship, wishes="Fare cocktail", needs="", by=young_person.user, now=now)
    assert state(project) == "ready"


def test_the_host_names_who_signs_and_can_ask_for_a_change(internship, partner_staff, now):
    act = {"internship": internship, "by": partner_staff, "now": now}
    actions.write_promoter(**act, **PROMOTER)
    project = actions.ask_host(**act)
    new = {"name": "Ada Basso", "position": "delegata", "email": "ada@example.org", "phone": ""}
    actions.write_host(project=project, **HOST, new_signer=new, is_done=False, now=now)
    assert TrainingProject.objects.get().signer.name == "Ada Basso"
    assert HostSigner.objects.get().identity_checked_at is None
    with pytest.raises(ValidationError):
        actions.ask_for_change_by_link(project=project, note=" ", now=now)
    actions.ask_for_change_by_link(project=project, note="Il titolo è sbagliato", now=now)
    project.refresh_from_db()
    assert (project.state, project.note, project.note_by) == ("promoter", "Il titolo è sbagliato", "host")
    assert OutgoingMessage.objects.filter(to=partner_staff.email).count() == 1


def test_a_new_link_ends_the_one_before(internship, partner_staff, now):
    act = {"internship": internship, "by": partner_staff, "now": now}
    actions.write_promoter(**act, **PROMOTER)
    before = HOST_PART.token(actions.ask_host(**act).host_key)
    after = HOST_PART.token(actions.ask_host(**act).host_key)
    client = StrictClient()
    assert client.get(reverse("internships:host-part", args=[before])).status_code == 404
    page = client.get(reverse("internships:host-part", args=[after]))
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    # Nobody's surname, nobody's situation.
    assert internship.participation.person.last_name not in page.content.decode()


def test_only_the_promoter_and_whose_turn_it_is(internship, other_partner_staff, operator, other_young_person, now):
    for by in (other_partner_staff, operator):
        with pytest.raises(PermissionDenied):
            actions.write_promoter(internship=internship, **PROMOTER, by=by, now=now)
    with pytest.raises(PermissionDenied):
        actions.write_intern(internship=internship, wishes="x", needs="", by=other_young_person.user, now=now)


# -- signatures ------------------------------------------------------------------------------


def test_it_takes_an_agreement_that_holds(internship, boss, step, partner_staff, partner, unit, now):
    step(internship, "agree")
    write_all(internship, boss, partner_staff, now)
    send = {"internship": internship, "promoter_signer": partner_staff, "by": partner_staff, "now": now}
    with pytest.raises(NotNow) as refusal:
        actions.send_project(**send)
    assert refusal.value.code == "agreement"
    factories.AgreementFactory(
        promoter=partner, host=unit.host, valid_from=date(2025, 1, 1), valid_to=internship.starts_on - timedelta(days=1)
    )
    with pytest.raises(NotNow):
        actions.send_project(**send)
    factories.AgreementFactory(promoter=partner, host=unit.host, valid_from=internship.starts_on)
    assert actions.send_project(**send).state == "in_signature"


def test_who_signs_and_that_the_workflow_follows(sent, partner_staff, now):
    internship = sent.internship
    assert Internship.objects.get(pk=internship.pk).state == "in_signature"
    assert set(signers(sent)) == {"promoter", "host", "person"}
    assert [row.role for row in signers(sent, "tutor-task").values()] == ["tutor"]
    with pytest.raises(NotNow):
        actions.move(internship=internship, verb="sign", by=partner_staff, now=now)
    sign_all(sent, partner_staff, now)
    assert state(sent) == "signed"
    assert Internship.objects.get(pk=internship.pk).state == "signed"
    verbs = Event.objects.filter(about=internship.participation.person_id).values_list("verb", flat=True)
    assert {"internships.sent_for_signature", "internships.signed", "internships.project_sign"} <= set(verbs)


def test_a_bare_link_is_never_enough(sent, now):
    host = signers(sent)["host"]
    link = host.links.get(replaced_at=None)
    with pytest.raises(NotNow) as refusal:
        documents.sign(signer=host, link=link, now=now)
    assert refusal.value.code == "assurance"
    kind = PaperKind.objects.get(code="training-project")
    kind.least_assurance = Assurance.LINK
    with pytest.raises(ValidationError):
        kind.full_clean()


def test_a_host_whom_nobody_has_seen_cannot_sign_by_code(sent, partner_staff, now):
    signer = signers(sent)["host"]
    Signer.objects.filter(pk=signer.pk).update(identity_checked=False)
    with pytest.raises(NotNow):
        answer(signer, now)


def test_a_no_is_read_by_all_and_leads_back(sent, partner_staff, now):
    answer(signers(sent)["host"], now, yes=False)
    assert state(sent) == "promoter"
    assert Internship.objects.get().state == "agreed"
    request = queries.latest_requests(sent)["training-project"]
    assert [line.reason for line in evidence_of(request) if line.reason] == ["Troppo lontano"]
    # The tutors need not confirm what is mended first.
    assert SignatureRequest.objects.filter(state="open").count() == 0
    # And it can be asked anew.
    now += timedelta(minutes=1)
    actions.finish(internship=sent.internship, by=partner_staff, now=now)
    again = actions.send_project(internship=sent.internship, promoter_signer=partner_staff, by=partner_staff, now=now)
    assert again.document_id != request.document_id
    sign_all(again, partner_staff, now)
    assert Internship.objects.get().state == "signed"


def test_a_tutor_who_says_no_stops_it_and_one_who_is_silent_does_not(sent, partner_staff, now):
    tutor = signers(sent, "tutor-task")["tutor"]
    documents.refuse(signer=tutor, reason="Sono in ferie", link=tutor.links.get(), now=now)
    assert state(sent) == "promoter"


def test_taken_back_or_run_out_it_is_written_again(sent, partner_staff, now):
    actions.take_project_back(internship=sent.internship, by=partner_staff, now=now)
    assert (state(sent), Internship.objects.get().state) == ("promoter", "agreed")
    actions.finish(internship=sent.internship, by=partner_staff, now=now)
    actions.send_project(internship=sent.internship, promoter_signer=partner_staff, by=partner_staff, now=now)
    documents.expire(now=now + timedelta(days=31))
    assert (state(sent), Internship.objects.get().state) == ("promoter", "agreed")


def test_a_cancelled_internship_asks_nobody(sent, step):
    step(sent.internship, "cancel", reason="Ha trovato lavoro")
    assert Internship.objects.get().state == "cancelled"
    assert not SignatureRequest.objects.filter(state="open").exists()


def test_nobody_takes_a_signature_that_binds_back_alone(sent, partner_staff, now):
    host = signers(sent)["host"]
    link = host.links.get(replaced_at=None)
    answer(host, now)
    with pytest.raises(NotNow) as refusal:
        documents.withdraw(signer=host, link=link, proof=Proof(code_at=now), now=now)
    assert refusal.value.code == "binds"


def test_anyone_involved_has_a_link_sent_again(sent, partner_staff, operator, young_person, other_partner_staff, now):
    host = signers(sent)["host"]
    before = host.links.get(replaced_at=None)
    for by in (partner_staff, young_person.user):
        actions.send_again(signer=host, by=by, now=now)
    with pytest.raises(PermissionDenied):
        actions.send_again(signer=host, by=other_partner_staff, now=now)
    # Another who signs, with their own link and code; not without the code.
    mine = signers(sent)["person"]
    link = mine.links.get(replaced_at=None)
    with pytest.raises(NotNow):
        documents.send_again_by_link(signer=host, link=link, now=now)
    documents.send_again_by_link(signer=host, link=link, proof=Proof(code_at=now), now=now)
    before.refresh_from_db()
    assert before.replaced_at
    # Four a day at most.
    with pytest.raises(NotNow) as refusal:
        actions.send_again(signer=host, by=partner_staff, now=now)
    assert refusal.value.code == "often"


def test_signed_outside_it_needs_the_scan_alone(internship, step, partner_staff, now):
    step(internship, "agree")
    late = {"internship": internship, "upload": scan(), "by": partner_staff, "now": now}
    with pytest.raises(ValidationError):
        actions.sign_outside(**late, signed_on=now.date() + timedelta(days=1))
    project = actions.sign_outside(**late, signed_on=now.date())
    assert project.scan.kind == "training-project"
    assert Internship.objects.get().state == "signed"


def test_signed_outside_calls_off_what_was_asked_here(sent, partner_staff, now):
    given = {"internship": sent.internship, "upload": scan(), "signed_on": now.date()}
    actions.sign_outside(**given, by=partner_staff, now=now)
    assert not SignatureRequest.objects.filter(state="open").exists()
    assert (state(sent), Internship.objects.get().state) == ("signed", "signed")


def test_one_scan_can_hold_several_signatures(sent, partner_staff, operator, young_person, now):
    found = signers(sent)
    request = queries.latest_requests(sent)["training-project"]
    both = {"request": request, "signers": [found["host"], found["person"]], "upload": scan()}
    with pytest.raises(PermissionDenied):
        actions.take_paper(**both, by=young_person.user, now=now)
    actions.take_paper(**both, by=partner_staff, now=now)
    documents.sign(signer=found["promoter"], by=partner_staff, now=now)
    assert state(sent) == "signed"
    how = {line.signer.role: line.how for line in evidence_of(queries.latest_requests(sent)["training-project"])}
    assert "Su carta" in how["host"]
    assert "account" in how["promoter"]


# -- a minor ---------------------------------------------------------------------------------


@pytest.fixture
def minor(young_person, now):
    young_person.birth_date = now.date().replace(year=now.year - 16)
    young_person.save()
    return young_person


def test_a_minor_needs_who_represents_them(internship, agreement, boss, step, minor, operator, partner_staff, now):
    from accounts import actions as people
    from accounts.models import Purpose

    step(internship, "agree")
    write_all(internship, boss, partner_staff, now)
    send = {"internship": internship, "promoter_signer": partner_staff, "by": partner_staff, "now": now}
    with pytest.raises(NotNow):
        actions.send_project(**send)
    checked(minor, operator, now)
    consent = people.ask_consent(person=minor, purpose=Purpose.objects.get(code="internship"), by=operator, now=now)
    with pytest.raises(NotNow) as refusal:
        actions.send_project(**send)
    assert refusal.value.code == "consent"
    answer(consent.request.signers.get(), now)
    project = actions.send_project(**send)
    assert set(signers(project)) == {"promoter", "host", "person", "representative"}
    sign_all(project, partner_staff, now)
    assert state(project) == "in_signature"
    answer(signers(project)["representative"], now)
    assert state(project) == "signed"


def test_nothing_goes_home_where_that_is_dangerous(sent, minor, partner_staff, now):
    """Not even when another who signs asks for it, who must not learn why."""
    minor.safe_contact = True
    minor.save()
    mother = factories.SignerFactory(
        request=queries.latest_requests(sent)["training-project"],
        role="representative",
        email="fatima@example.org",
        party=factories.uuid.uuid4(),
    )
    with pytest.raises(NotNow):
        actions.send_again(signer=mother, by=partner_staff, now=now)
    link = signers(sent)["host"].links.get(replaced_at=None)
    documents.send_again_by_link(signer=mother, link=link, proof=Proof(code_at=now), now=now)
    assert not OutgoingMessage.objects.filter(to="fatima@example.org").exists()


# -- the paper never changes -----------------------------------------------------------------


def test_one_byte_altered_is_found(sent, partner_staff, young_person, now, capsys, as_user):
    document = sent.document
    call_command("check_documents")
    assert "each is the one that was made" in capsys.readouterr().out
    evidence = reverse("internships:paper-evidence", args=[queries.latest_requests(sent)["training-project"].pk])
    assert "byte per byte" in as_user(partner_staff).get(evidence).content.decode()
    with document.file.open("rb") as kept:
        content = kept.read()
    check = reverse("documents:check")
    assert "È il documento originale" in StrictClient().post(check, {"file": upload(content)}).content.decode()

    changed = bytes([content[0] ^ 1]) + content[1:]
    assert "Almeno un byte è diverso" in StrictClient().post(check, {"file": upload(changed)}).content.decode()
    with document.file.storage.open(document.file.name, "wb") as file:
        file.write(changed)
    with pytest.raises(CommandError, match=document.protocol_number):
        call_command("check_documents")
    assert "Il file conservato non è quello originale" in as_user(partner_staff).get(evidence).content.decode()
    paper = reverse("internships:paper-file", args=[queries.latest_requests(sent)["training-project"].pk])
    assert as_user(partner_staff).get(paper).status_code == 410
    # Nobody signs a file that is not what they read.
    with pytest.raises(NotNow) as refusal:
        documents.sign(signer=signers(sent)["promoter"], by=partner_staff, now=now)
    assert refusal.value.code == "altered"


def upload(content):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("x.pdf", content, content_type="application/pdf")


def test_the_hash_stands_with_each_signature(sent, partner_staff, now):
    sign_all(sent, partner_staff, now)
    with Document.objects.get(kind="training-project").file.open("rb") as kept:
        expected = hashlib.sha256(kept.read()).hexdigest()
    lines = evidence_of(queries.latest_requests(sent)["training-project"])
    assert {line.sha256 for line in lines} == {expected}


def test_scanners_that_open_every_link_change_nothing(sent, now):
    """A mail scanner follows the host's links, by HEAD and GET; then he signs all the same."""
    host = signers(sent)["host"]
    message = OutgoingMessage.objects.filter(to="luigi@example.org").latest("created_at")
    [path] = [word for word in message.text.split() if "/firma/" in word]
    token = path.rstrip("/").rsplit("/", 1)[1]
    rows = [TrainingProject, Signer, SigningLink, SignatureRequest, Event, OutgoingMessage]
    before = [list(model.objects.order_by("pk").values()) for model in rows]
    for name in ("sign", "sign-refuse", "sign-copy"):
        for _turn in range(3):
            StrictClient().head(reverse(f"documents:{name}", args=[token]))
            StrictClient().get(reverse(f"documents:{name}", args=[token]))
    StrictClient().get(reverse("internships:host-part", args=[HOST_PART.token(sent.host_key)]))
    assert [list(model.objects.order_by("pk").values()) for model in rows] == before
    answer(host, now)


# -- agreements ------------------------------------------------------------------------------


def test_an_agreement_is_signed_by_both(partner, unit, boss, partner_staff, internship, now):
    parties = {"promoter": partner, "host": unit.host, "signer": boss}
    days = {"valid_from": date(2026, 5, 1), "valid_to": date(2027, 4, 30)}
    agreement = actions.draft_agreement(**parties, **days, by=partner_staff, now=now)
    with pytest.raises(ValidationError, match="convenzione"):
        actions.draft_agreement(**parties, **days, by=partner_staff, now=now)
    actions.send_agreement(agreement=agreement, promoter_signer=partner_staff, by=partner_staff, now=now)
    found = signers(agreement, "agreement")
    documents.sign(signer=found["promoter"], by=partner_staff, now=now)
    answer(found["host"], now)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.signed_on) == ("signed", now.date())
    assert queries.agreement_for(internship) == agreement
    assert list(queries.internships_under(agreement)) == [internship]
    assert OutgoingMessage.objects.filter(to=partner_staff.email, text__contains="firmata da entrambe").count() == 1


def test_an_agreement_refused_is_mended_and_asked_anew(partner, unit, boss, partner_staff, now):
    agreement = factories.AgreementFactory(
        promoter=partner, host=unit.host, signer=boss, state="draft", signed_on=None, created_by=partner_staff
    )
    send = {"agreement": agreement, "promoter_signer": partner_staff, "by": partner_staff, "now": now}
    actions.send_agreement(**send)
    answer(signers(agreement, "agreement")["host"], now, yes=False)
    assert Agreement.objects.get().state == "draft"
    actions.send_agreement(**send)
    actions.take_agreement_back(agreement=agreement, by=partner_staff, now=now)
    assert Agreement.objects.get().state == "draft"
    actions.end_signer(signer=boss, by=partner_staff, now=now)
    with pytest.raises(NotNow):
        actions.send_agreement(**send)


def test_whose_representative_leaves_is_not_signed_for(sent, boss, partner_staff, now):
    actions.end_signer(signer=boss, by=partner_staff, now=now)
    assert state(sent) == "promoter"


def test_an_agreement_ends_with_a_reason(agreement, partner_staff, other_partner_staff, internship, now):
    with pytest.raises(PermissionDenied):
        actions.end_agreement(agreement=agreement, reason="x", by=other_partner_staff, now=now)
    with pytest.raises(ValidationError):
        actions.end_agreement(agreement=agreement, reason=" ", by=partner_staff, now=now)
    actions.end_agreement(agreement=agreement, reason="Ha chiuso", by=partner_staff, now=now)
    assert queries.agreement_for(internship) is None


# -- the words -------------------------------------------------------------------------------


def test_templates_have_versions_and_papers_keep_theirs(sent, coordinator, partner_staff, now):
    first = PaperTemplate.objects.get(code="training-project")
    assert sent.template == first
    with pytest.raises(PermissionDenied):
        actions.save_template(code=first.code, body="x", by=partner_staff, now=now)
    actions.save_template(code=first.code, body="Una bozza", by=coordinator, now=now)
    with pytest.raises(ValidationError):
        actions.publish_template(code=first.code, body="Una bozza", by=coordinator, now=now)
    assert queries.current_template(first.code) == first
    actions.publish_template(code=first.code, body=first.body + "\nAltro.", by=coordinator, now=now)
    assert queries.current_template(first.code).version == 2
    sent.refresh_from_db()
    assert sent.template == first
    call_command("load_papers", verbosity=0)
    assert PaperTemplate.objects.filter(code=first.code).count() == 2


def test_the_young_person_is_asked_to_sign_as_one_speaks_to_them(sent, internship):
    person = internship.participation.person
    theirs = OutgoingMessage.objects.filter(text__contains="/firma/").exclude(to="luigi@example.org")
    to_sign = [row for row in theirs if f"Ciao {person.called}" in row.text]
    assert len(to_sign) == 1
    assert "Legga" not in to_sign[0].text
    assert "per Lei" not in to_sign[0].text
    assert "Legga" in OutgoingMessage.objects.filter(to="luigi@example.org").latest("created_at").text
