"""Signing: who may, how surely, once; and what opening a link does not do."""

import logging
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from foundation.communications.models import OutgoingMessage
from foundation.documents import actions, hooks
from foundation.documents.enums import Assurance, ContactSource, LinkChannel, SignatureState, SignerRole, SignerState
from foundation.documents.models import SignatureRequest, Signer, SigningLink
from foundation.documents.policies import BARE, Proof
from foundation.files.models import StoredFile
from foundation.privacy.models import Event
from migwork.errors import NotNow
from migwork.logs import HideKeys
from tests import factories as f
from tests.strict import StrictClient

CODE_OF_MOTHER = "VRDFTM80A41F205X"
PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF"


@contextmanager
def hooked(hook, function):
    hook.register(function)
    try:
        yield
    finally:
        hook._functions.remove(function)


def mother(**changes):
    data = {
        "party": f.uuid.uuid4(),
        "role": SignerRole.REPRESENTATIVE,
        "name": "Fatima Verdi",
        "email": "fatima@example.org",
        "phone": "+393331234567",
        "identity_checked": True,
        "fiscal_code": CODE_OF_MOTHER,
    }
    return actions.SignerData(**{**data, **changes})


def father(**changes):
    return mother(name="Karim Verdi", email="karim@example.org", phone="", fiscal_code="", **changes)


@pytest.fixture
def sent():
    """The tokens that left by mail or SMS, newest last."""
    tokens = []

    def note(signer, link, token, now):
        tokens.append(token)

    with hooked(hooks.link_made, note):
        yield tokens


def asked(now, *signers, young_person=None, least=Assurance.CHECKED, **more):
    """A request for these signers; by default for the mother alone."""
    kind = f.PaperKindFactory(least_assurance=least)
    about = young_person or f.YoungPersonFactory()
    return actions.ask(
        kind=kind.code,
        document=f.DocumentFactory(),
        about=about,
        on=about,
        signers=list(signers) or [mother()],
        by=None,
        now=now,
        **more,
    )


def link_for(request, sent, now, channel=LinkChannel.EMAIL):
    """(link, token) of the first signer's new link."""
    made = actions.send_link(signer=request.signers.order_by("name").first(), channel=channel, by=None, now=now)
    return made.link, made.token


def with_code(now):
    return Proof(code_at=now)


def rows():
    """All rows of signing and all events, as they are."""
    models = [SignatureRequest, Signer, SigningLink, Event, *apps.get_app_config("documents").get_models()]
    return [list(model.objects.order_by("pk").values()) for model in models]


def code_in(message):
    return next(word.strip(".") for word in message.text.split() if word.strip(".").isdigit() and len(word) > 5)


def test_opening_consumes_nothing(db, now, sent, client):
    """A mail scanner that follows every link, by HEAD and GET, many times; then the mother signs all the same."""
    link, token = link_for(asked(now), sent, now)
    before = rows()

    for page in ("sign", "sign-refuse", "sign-copy"):
        for method in (client.head, client.get, client.get):
            assert method(reverse(f"documents:{page}", args=[token])).status_code in (200, 302)
    # Those pages that only take a button's press refuse to be opened.
    for page in ("sign-code", "sign-again", "sign-withdraw"):
        assert client.get(reverse(f"documents:{page}", args=[token])).status_code == 405
    assert rows() == before
    assert OutgoingMessage.objects.count() == 0

    signer = actions.sign(signer=link.signer, link=link, proof=with_code(now), now=now)
    assert signer.state == SignerState.SIGNED


def test_the_button_signs(db, now, sent, client):
    """The way of the mother through the pages: code, read, tick, button."""
    _link, token = link_for(asked(now), sent, now)
    page = reverse("documents:sign", args=[token])

    # Without the code there is neither document nor button, and posting all the same signs nothing.
    assert b'name="read"' not in client.get(page).content
    client.post(page, {"read": "on"})
    assert Signer.objects.get().state == SignerState.WAITING

    client.post(reverse("documents:sign-code", args=[token]), {"action": "send"})
    message = OutgoingMessage.objects.get()
    assert (message.channel, message.to) == ("sms", "+393331234567")
    wrong = client.post(reverse("documents:sign-code", args=[token]), {"code": "000000"})
    assert (wrong.status_code, b'name="read"' in wrong.content) == (200, False)
    right = client.post(reverse("documents:sign-code", args=[token]), {"code": code_in(message)})
    assert right["Location"] == page
    assert b'name="read"' in client.get(page).content

    assert client.post(page, {}).status_code == 200
    assert Signer.objects.get().state == SignerState.WAITING
    assert client.post(page, {"read": "on"}).status_code == 302
    signer = Signer.objects.get()
    assert (signer.state, signer.assurance, signer.acted_at) == ("signed", Assurance.CHECKED, now)
    assert signer.wording_sha256 == signer.request.document.sha256
    assert signer.request.state == SignatureState.SIGNED
    # Somebody else's browser, with the same link, has shown nothing.
    assert b"/copia/" not in StrictClient().get(page).content


def test_the_token_and_the_code_stand_nowhere(db, now, sent, caplog):
    link, token = link_for(asked(now), sent, now)
    actions.send_code(link=link, now=now)
    code = code_in(OutgoingMessage.objects.get())
    kept = str(rows())
    assert token not in kept
    assert code not in kept
    assert token not in caplog.text


# (what the paper asks for, what the signer shows) -> what it is then; None where it is refused.
LINK, CHECKED, EID, DIGITAL, PAPER = Assurance
REACHED = {
    (LINK, "link"): LINK,
    (LINK, "code"): CHECKED,
    (LINK, "unseen"): LINK,
    (CHECKED, "link"): None,
    (CHECKED, "code"): CHECKED,
    (CHECKED, "unseen"): None,
    (CHECKED, "minor's number"): None,
    (CHECKED, "eid"): EID,
    (CHECKED, "another's eid"): None,
    (CHECKED, "paper"): PAPER,
    (EID, "code"): None,
    (EID, "eid"): EID,
    (EID, "another's eid"): None,
    (EID, "paper"): PAPER,
    (DIGITAL, "code"): None,
    (DIGITAL, "eid"): None,
    (DIGITAL, "paper"): PAPER,
    (PAPER, "code"): None,
    (PAPER, "eid"): None,
    (PAPER, "paper"): PAPER,
}


@pytest.mark.parametrize(("least", "shown"), REACHED)
def test_below_the_least_assurance_is_refused(db, now, sent, operator, least, shown):
    who = {
        "unseen": mother(identity_checked=False),
        "minor's number": mother(contact_from=ContactSource.MINOR),
    }.get(shown, mother())
    request = asked(now, who, least=least)
    link, _token = link_for(request, sent, now)
    proof = {
        "link": BARE,
        "eid": Proof(fiscal_code=CODE_OF_MOTHER, provider="spid"),
        "another's eid": Proof(fiscal_code="RSSMRA85T10A562S", provider="spid"),
    }.get(shown, with_code(now))

    def act():
        if shown == "paper":
            scan = SimpleUploadedFile("firma.pdf", PDF)
            with hooked(hooks.may_take_paper, lambda user, request: user == operator):
                return actions.sign_on_paper(signer=link.signer, upload=scan, by=operator, now=now)
        return actions.sign(signer=link.signer, link=link, proof=proof, now=now)

    if (reached := REACHED[least, shown]) is None:
        with pytest.raises(NotNow):
            act()
        assert Signer.objects.get().state == SignerState.WAITING
    else:
        assert act().assurance == reached
        assert SignatureRequest.objects.get().state == SignatureState.SIGNED


def test_twice_late_or_anothers(db, now, sent):
    request = asked(now, mother(), father())
    link, _token = link_for(request, sent, now)
    other = request.signers.get(name="Karim Verdi")
    proof = with_code(now)

    with pytest.raises(SigningLink.DoesNotExist):
        actions.sign(signer=other, link=link, proof=proof, now=now)
    with pytest.raises(NotNow):
        actions.sign(signer=link.signer, link=link, proof=proof, now=now + timedelta(days=15))
    actions.sign(signer=link.signer, link=link, proof=proof, now=now)
    with pytest.raises(NotNow):
        actions.sign(signer=link.signer, link=link, proof=proof, now=now)
    with pytest.raises(NotNow):
        actions.refuse(signer=link.signer, link=link, reason="No", proof=proof, now=now)
    assert [s.state for s in request.signers.order_by("name")] == ["signed", "waiting"]
    assert SignatureRequest.objects.get().state == SignatureState.OPEN


def test_dead_links_say_what_to_do(db, now, sent, client):
    request = asked(now)
    _first, replaced = link_for(request, sent, now)
    _link, token = link_for(request, sent, now)

    def page(token):
        response = client.get(reverse("documents:sign", args=[token]))
        return response.status_code, response.content.decode()

    assert client.get(reverse("documents:sign", args=["nobody-knows-this"])).status_code == 404
    assert page(replaced)[0] == 200
    assert "più recente" in page(replaced)[1]
    assert "nuovo/" not in page(replaced)[1]
    with time_machine.travel(now + timedelta(days=15), tick=False):
        status, text = page(token)
        assert (status, "nuovo/" in text) == (200, True)
        client.post(reverse("documents:sign-again", args=[token]), {"email": "thief@example.org"})
        assert len(sent) == 3
        assert Signer.objects.get().email == "fatima@example.org"
        assert "più recente" in page(token)[1]
    actions.cancel(request=request, by=None, now=now)
    assert "non serve più" in page(sent[-1])[1]


def test_guessing_a_code_ends(db, now, sent, client):
    link, token = link_for(asked(now), sent, now)
    actions.send_code(link=link, now=now)
    code = code_in(OutgoingMessage.objects.get())
    wrong = "111111" if code != "111111" else "222222"
    for _ in range(10):
        assert not actions.check_code(link=link, code=wrong, now=now)
    with pytest.raises(NotNow):
        actions.check_code(link=link, code=code, now=now)
    # A fresh code does not give more tries; a new link to the stored address does.
    with pytest.raises(NotNow):
        actions.send_code(link=link, now=now)
    client.post(reverse("documents:sign-again", args=[token]))
    assert len(sent) == 2


def test_guessing_the_code_of_a_letter_ends_too(db, now, client):
    """Whoever has neither e-mail nor telephone is not offered a new link that cannot leave."""
    request = asked(now, mother(email="", phone=""))
    made = actions.send_link(signer=request.signers.get(), channel=LinkChannel.LETTER, by=None, now=now)
    for _ in range(10):
        actions.check_code(link=made.link, code="1", now=now)
    page = client.get(reverse("documents:sign", args=[made.token])).content.decode()
    assert reverse("documents:sign-again", args=[made.token]) not in page
    assert "una nuova lettera" in page


def test_a_code_lasts_a_quarter_of_an_hour_and_the_letters_as_long_as_the_letter(db, now, sent):
    request = asked(now)
    link, _token = link_for(request, sent, now)
    actions.send_code(link=link, now=now)
    code = code_in(OutgoingMessage.objects.get())
    assert not actions.check_code(link=link, code=code, now=now + timedelta(minutes=16))
    assert actions.check_code(link=link, code=code, now=now + timedelta(minutes=14))

    letter = actions.send_link(signer=link.signer, channel=LinkChannel.LETTER, by=None, now=now)
    assert len(sent) == 1
    assert actions.check_code(link=letter.link, code=letter.code, now=now + timedelta(days=29))


def test_a_refusal_needs_a_reason_and_ends_it_where_all_must_sign(db, now, sent):
    closed = []
    request = asked(now, mother(), father())
    link, _token = link_for(request, sent, now)
    with pytest.raises(ValidationError):
        actions.refuse(signer=link.signer, link=link, reason="  ", proof=with_code(now), now=now)
    with pytest.raises(NotNow):
        actions.refuse(signer=link.signer, link=link, reason="No", now=now)
    with hooked(hooks.request_closed, lambda request, now: closed.append(request.state)):
        actions.refuse(signer=link.signer, link=link, reason="Lontano da casa", proof=with_code(now), now=now)
    assert closed == [SignatureState.REFUSED]
    assert {s.name: s.state for s in request.signers.all()} == {"Fatima Verdi": "refused", "Karim Verdi": "cancelled"}
    assert Signer.objects.get(name="Fatima Verdi").reason == "Lontano da casa"


def test_where_one_is_enough_the_other_may_refuse(db, now, sent):
    request = asked(now, mother(), father(), all_must=False)
    link, _token = link_for(request, sent, now)
    actions.refuse(signer=link.signer, link=link, reason="Per me no", proof=with_code(now), now=now)
    assert SignatureRequest.objects.get().state == SignatureState.OPEN
    other = actions.send_link(
        signer=request.signers.get(name="Karim Verdi"), channel=LinkChannel.EMAIL, by=None, now=now
    ).link
    actions.sign(signer=other.signer, link=other, proof=with_code(now), now=now)
    assert SignatureRequest.objects.get().state == SignatureState.SIGNED


def test_sent_again_by_each(db, now, sent, young_person, operator, partner_staff, other_partner_staff, client):
    """The person, the operator and the partner may; a stranger may not; the earlier link says so."""
    request = asked(now, young_person=young_person)
    signer = request.signers.get()
    allowed = {young_person.user, operator, partner_staff}
    with hooked(hooks.may_handle, lambda user, request: user in allowed):
        for by in (young_person.user, operator, partner_staff):
            actions.send_link(signer=signer, channel=LinkChannel.EMAIL, by=by, now=now)
        with pytest.raises(PermissionDenied):
            actions.send_link(signer=signer, channel=LinkChannel.EMAIL, by=other_partner_staff, now=now)
    assert len(sent) == 3
    assert SigningLink.objects.filter(replaced_at=None).count() == 1
    for earlier in sent[:2]:
        assert "più recente" in client.get(reverse("documents:sign", args=[earlier])).content.decode()
    assert "più recente" not in client.get(reverse("documents:sign", args=[sent[2]])).content.decode()


def test_a_scanned_paper_instead(db, now, young_person, operator):
    """By staff who compared it; not by the young person; not a file that is none."""
    request = asked(now, young_person=young_person)
    signer = request.signers.get()
    with hooked(hooks.may_take_paper, lambda user, request: user == operator):
        with pytest.raises(PermissionDenied):
            actions.sign_on_paper(signer=signer, upload=SimpleUploadedFile("a.pdf", PDF), by=young_person.user, now=now)
        with pytest.raises(ValidationError):
            actions.sign_on_paper(signer=signer, upload=SimpleUploadedFile("a.pdf", b"<html>"), by=operator, now=now)
        actions.sign_on_paper(signer=signer, upload=SimpleUploadedFile("a.pdf", PDF), by=operator, now=now)
    signer.refresh_from_db()
    assert (signer.state, signer.assurance) == (SignerState.SIGNED, Assurance.PAPER)
    assert signer.scan.about == young_person.pk
    assert signer.evidence["sha256"] == signer.scan.sha256


@pytest.fixture
def put_in(now, operator, tmp_path, settings):
    """Puts in the mother's scan; where it lies on the disk."""
    settings.MEDIA_ROOT = tmp_path

    def put(request):
        with hooked(hooks.may_take_paper, lambda user, request: user == operator):
            upload = SimpleUploadedFile("a.pdf", PDF)
            signer = request.signers.get(name="Fatima Verdi")
            return actions.sign_on_paper(signer=signer, upload=upload, by=operator, now=now)

    return put


def ask_both(now):
    """(the request, the father's link) where mother and father must sign."""
    request = asked(now, mother(), father())
    karim = request.signers.get(name="Karim Verdi")
    return request, actions.send_link(signer=karim, channel=LinkChannel.EMAIL, by=None, now=now).link


@pytest.mark.parametrize("end", ["refused", "cancelled", "expired"])
def test_a_scan_that_did_not_suffice_is_deleted(
    db, now, sent, operator, put_in, tmp_path, end, django_capture_on_commit_callbacks
):
    """The father said no: nobody needs the paper with the mother's signature. That she signed stays written."""
    request, father_s = ask_both(now)
    signed = put_in(request)
    assert len([file for file in tmp_path.rglob("*.pdf") if file.stem == str(signed.scan.pk)]) == 1
    with django_capture_on_commit_callbacks(execute=True):
        if end == "refused":
            actions.refuse(signer=father_s.signer, link=father_s, reason="No", proof=Proof(code_at=now), now=now)
        elif end == "cancelled":
            actions.cancel(request=request, by=operator, now=now)
        else:
            actions.expire(now=request.ends_at)
    signed.refresh_from_db()
    assert (signed.state, signed.scan) == (SignerState.SIGNED, None)
    assert signed.evidence["sha256"]
    assert not StoredFile.objects.exists()
    assert not [file for file in tmp_path.rglob("*.pdf") if "files" in file.parts]
    assert Event.objects.filter(verb="files.file_deleted", about=request.about).exists()


def test_the_scan_of_what_was_agreed_stays(db, now, sent, put_in, tmp_path):
    """Who relied on a consent must be able to show it, also after it was taken back."""
    request, father_s = ask_both(now)
    put_in(request)
    actions.sign(signer=father_s.signer, link=father_s, proof=Proof(code_at=now), now=now)
    request.refresh_from_db()
    assert request.state == SignatureState.SIGNED
    assert StoredFile.objects.get().file.storage.exists(StoredFile.objects.get().file.name)


def test_a_scan_whose_signature_fails_leaves_no_file(db, now, sent, put_in, tmp_path, monkeypatch):
    def fails(*args, **kwargs):
        raise NotNow("no", code="no")

    request, _father_s = ask_both(now)
    monkeypatch.setattr("foundation.documents.actions.signing._sign", fails)
    with pytest.raises(NotNow):
        put_in(request)
    assert not [file for file in tmp_path.rglob("*.pdf") if "files" in file.parts]


def test_the_signer_keeps_a_copy(db, now, sent, client):
    """Only after showing who they are; also days later, with a new code."""
    _link, token = link_for(asked(now), sent, now)
    copy, page = reverse("documents:sign-copy", args=[token]), reverse("documents:sign", args=[token])
    assert client.get(copy).status_code == 302

    def show(client):
        client.post(reverse("documents:sign-code", args=[token]), {"action": "send"})
        code = code_in(OutgoingMessage.objects.order_by("created_at").last())
        return client.post(reverse("documents:sign-code", args=[token]), {"code": code})

    show(client)
    client.post(page, {"read": "on"})
    assert client.get(copy).content == b"%PDF-1.7"

    with time_machine.travel(now + timedelta(days=20), tick=False):
        later = StrictClient()
        assert later.get(copy).status_code == 302
        show(later)
        answer = later.get(copy)
        assert answer.content == b"%PDF-1.7"
        assert answer["Cache-Control"] == "private, no-store"
    with time_machine.travel(now + timedelta(days=91), tick=False):
        assert StrictClient().get(copy).status_code == 302


def test_what_is_not_signed_in_time_ends_and_who_is_silent_is_written_to_once_more(db, now, sent):
    link_for(asked(now), sent, now)
    assert actions.remind(now=now + timedelta(days=6)) == 0
    assert actions.remind(now=now + timedelta(days=8)) == 1
    assert actions.remind(now=now + timedelta(days=20)) == 0
    assert len(sent) == 2
    assert actions.expire(now=now + timedelta(days=29)) == 0
    assert actions.expire(now=now + timedelta(days=30)) == 1
    assert actions.expire(now=now + timedelta(days=31)) == 0
    request = SignatureRequest.objects.get()
    assert (request.state, request.signers.get().state) == (SignatureState.EXPIRED, SignerState.CANCELLED)


def test_taking_it_back(db, now, sent):
    link, _token = link_for(asked(now), sent, now)
    heard = []
    with pytest.raises(NotNow):
        actions.withdraw(signer=link.signer, link=link, proof=with_code(now), now=now)
    actions.sign(signer=link.signer, link=link, proof=with_code(now), now=now)
    link.refresh_from_db()
    with hooked(hooks.signature_withdrawn, lambda signer, now: heard.append(signer)):
        with pytest.raises(NotNow):
            actions.withdraw(signer=link.signer, link=link, now=now)
        actions.withdraw(signer=link.signer, link=link, proof=with_code(now), now=now)
    assert heard == [link.signer]


def test_the_token_gets_into_no_log():
    """Of a page that was not found, say, with the address that was asked for."""
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, "%s: %s", ("Not Found", "/firma/KEY/"), None)
    assert HideKeys().filter(record)
    assert record.getMessage() == "Not Found: /firma/…/"
    assert "hide_keys" in settings.LOGGING["handlers"]["console"]["filters"]


def test_spid_names_the_very_person(db, now, sent, client, settings):
    """What SPID left in the session signs for whom it names, once, while it is fresh; anybody else signs nothing."""
    settings.EID = {"spid": {"url": "https://eid.example.org"}, "cie": {"url": ""}}
    link, token = link_for(asked(now, mother(identity_checked=False), least=Assurance.EID), sent, now)
    page, back = reverse("documents:sign", args=[token]), reverse("documents:sign-eid", args=[token])
    text = client.get(page).content.decode()
    assert f'name="next" value="{back}"' in text
    assert "Entra con CIE" not in text

    def come_back(fiscal_code, at, came_for=str(link.pk)):
        proof = {"fiscal_code": fiscal_code, "provider": "spid", "at": at.timestamp(), "link": came_for}
        session = client.session
        session["documents_eid"] = proof
        session.save()
        assert client.get(back)["Location"] == page
        assert "documents_eid" not in client.session

    for wrong in (
        ("RSSMRA85T10A562S", now),
        (CODE_OF_MOTHER, now - timedelta(hours=1)),
        (CODE_OF_MOTHER, now, "another link"),
    ):
        come_back(*wrong)
        client.post(page, {"read": "on"})
        assert Signer.objects.get().state == SignerState.WAITING
    come_back(CODE_OF_MOTHER, now)
    client.post(page, {"read": "on"})
    signer = Signer.objects.get()
    assert (signer.state, signer.assurance, signer.evidence["provider"]) == ("signed", Assurance.EID, "spid")
    assert CODE_OF_MOTHER not in str(signer.evidence)
