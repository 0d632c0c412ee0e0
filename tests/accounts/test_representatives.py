"""Who signs for a minor: named, checked, asked, sent again; what a minor's own word is worth."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from accounts import actions, queries
from accounts.enums import ConsentState, EndOfRepresentation, PaperType, RepresentativeKind
from accounts.models import Consent, LegalRepresentative, Representation
from foundation.communications.models import OutgoingMessage
from foundation.documents import actions as documents
from foundation.documents.enums import ContactSource, LinkChannel, SignatureState
from foundation.documents.models import Signer, SigningLink
from foundation.documents.policies import Proof
from migwork.errors import NotNow
from tests import factories as f
from tests.accounts.signing import PDF, answer, checked, mother, named

pytestmark = pytest.mark.usefixtures("quick_documents")


@pytest.mark.parametrize("by", ["follows", "asked"])
def test_what_nobody_answered_in_time_is_told_once(minor, operator, other_operator, purposes, edition, now, by):
    """The young person, and who follows them, else who asked: each once; nobody else, and without a name."""
    checked(minor, operator, now)
    if by == "follows":
        f.ParticipationFactory(person=minor, edition=edition, operator=other_operator)
    consent = actions.ask_consent(person=minor, purpose=purposes["travel"], by=operator, now=now)
    answered = actions.ask_consent(person=minor, purpose=purposes["image"], by=operator, now=now)
    answer(answered.request.signers.get(), now)
    OutgoingMessage.objects.all().delete()
    late = consent.request.ends_at
    for _again in range(2):
        documents.expire(now=late)
    told = {message.to: message for message in OutgoingMessage.objects.all()}
    desk = other_operator if by == "follows" else operator
    assert set(told) == {minor.user.email, desk.email}
    assert OutgoingMessage.objects.count() == 2
    assert reverse("accounts:my-representatives") in told[minor.user.email].text
    mail = told[desk.email]
    assert reverse("accounts:representatives", args=[minor.pk]) in mail.text
    assert not re.search("Amina|Bianchi|Fatima", mail.text + mail.subject)


def test_a_signature_called_off_is_told_to_nobody(minor, operator, purposes, now):
    checked(minor, operator, now)
    consent = actions.ask_consent(person=minor, purpose=purposes["travel"], by=operator, now=now)
    OutgoingMessage.objects.all().delete()
    documents.cancel(request=consent.request, by=operator, now=now)
    assert not OutgoingMessage.objects.exists()


def test_the_page_says_that_the_time_ran_out(minor, operator, purposes, now, as_user):
    checked(minor, operator, now)
    consent = actions.ask_consent(person=minor, purpose=purposes["travel"], by=operator, now=now)
    documents.expire(now=consent.request.ends_at)
    for user, page in (
        (minor.user, reverse("accounts:my-representatives")),
        (operator, reverse("accounts:representatives", args=[minor.pk])),
    ):
        assert "Nessuno ha risposto in tempo" in as_user(user).get(page).content.decode()


def test_a_mother_without_e_mail_and_telephone_signs_by_letter(minor, operator, purposes, now, as_user):
    """The desk writes her down all the same; nothing is said to be sent that was not."""
    desk = as_user(operator)
    page = reverse("accounts:representatives", args=[minor.pk])
    names = {"kind": RepresentativeKind.PARENT, "first_name": "Fatima", "last_name": "Verdi"}
    desk.post(page, names)
    representation = Representation.objects.get()
    seen = {"paper": PaperType.ID_CARD, "seen": "on"}
    desk.post(reverse("accounts:representative-check", args=[representation.pk]), seen)
    answered = desk.post(reverse("accounts:consent-ask", args=[minor.pk, "image"]), follow=True).content.decode()
    assert "Non è partito nulla: stampa la lettera" in answered
    signer = Signer.objects.get()
    assert reverse("accounts:signing-send", args=[signer.pk]) not in answered
    assert reverse("accounts:signing-letter", args=[signer.pk]) in answered
    made = documents.send_link(signer=signer, channel=LinkChannel.LETTER, by=operator, now=now)
    assert documents.check_code(link=made.link, code=made.code, now=now)
    documents.sign(signer=signer, link=made.link, proof=Proof(code_at=now), now=now)
    assert Consent.objects.get().state == ConsentState.GIVEN
    # The young person, who could only wait, is told to come.
    own = as_user(minor.user).post(reverse("accounts:my-representatives"), names).content.decode()
    assert "passa da noi: lo facciamo su carta" in own


def test_one_or_two_with_their_kind(minor, operator, other_young_person, now):
    own = actions.add_representative(person=minor, **mother(), by=minor.user, now=now)
    second = actions.add_representative(
        person=minor,
        **mother(kind=RepresentativeKind.VOLUNTEER_GUARDIAN, first_name="Karim", email="karim@example.org"),
        by=operator,
        now=now,
    )
    assert [(r.order, r.kind) for r in queries.live_representations(minor)] == [
        (1, "parent"),
        (2, "volunteer_guardian"),
    ]
    assert own.representative.contact_from == ContactSource.MINOR
    assert second.representative.contact_from == ContactSource.STAFF
    with pytest.raises(NotNow):
        actions.add_representative(person=minor, **mother(first_name="Zia"), by=operator, now=now)
    with pytest.raises(PermissionDenied):
        actions.add_representative(person=minor, **mother(), by=other_young_person.user, now=now)
    of_age = f.YoungPersonFactory(birth_date=date(2008, 5, 5))
    with pytest.raises(NotNow):
        actions.add_representative(person=of_age, **mother(), by=operator, now=now)


def test_a_number_the_minor_typed_consents_to_nothing(minor, operator, purposes, now):
    """The minor gives their own number as the mother's, and has every code that is sent there."""
    actions.add_representative(person=minor, **mother(email=""), by=minor.user, now=now)
    consent = actions.ask_consent(person=minor, purpose=purposes["enrolment"], by=minor.user, now=now)
    signer = consent.request.signers.get()

    with pytest.raises(NotNow):
        answer(signer, now)
    assert Consent.objects.get().state == ConsentState.ASKED
    assert queries.consent_gap(minor, "enrolment", now.date()) != []

    # An operator sees the mother, who gives another number: now her code counts, at the old link no more than before.
    actions.check_identity(
        representative=LegalRepresentative.objects.get(),
        paper=PaperType.ID_CARD,
        email="fatima@example.org",
        phone="",
        by=operator,
        now=now,
    )
    signer.refresh_from_db()
    assert (signer.email, signer.phone, signer.identity_checked) == ("fatima@example.org", "", True)
    assert signer.links.get(replaced_at=None).channel == LinkChannel.EMAIL
    answer(signer, now)
    assert queries.consent_gap(minor, "enrolment", now.date()) == []


def test_the_link_at_the_minors_number_dies_when_the_identity_is_checked(minor, operator, purposes, now):
    """Else the minor would hold a link to which from now on a code is enough."""
    actions.add_representative(person=minor, **mother(email=""), by=minor.user, now=now)
    actions.ask_consent(person=minor, purpose=purposes["enrolment"], by=minor.user, now=now)
    at_the_minors = SigningLink.objects.get()
    checked_again = LegalRepresentative.objects.get()
    actions.check_identity(
        representative=checked_again, paper=PaperType.ID_CARD, email="", phone="+393339999999", by=operator, now=now
    )
    with pytest.raises(NotNow):
        documents.sign(signer=at_the_minors.signer, link=at_the_minors, proof=Proof(code_at=now), now=now)
    assert OutgoingMessage.objects.filter(to="+393339999999").count() == 1


@pytest.mark.parametrize(
    ("phone", "email", "channel"), [("", "fatima@example.org", "email"), ("+393331234567", "", "sms")]
)
def test_asked_by_mail_or_sms(minor, operator, purposes, now, phone, email, channel):
    named(minor, operator, now, phone=phone, email=email)
    actions.ask_consent(person=minor, purpose=purposes["enrolment"], by=operator, now=now)
    message = OutgoingMessage.objects.get()
    assert (message.channel, message.to) == (channel, phone or email)
    assert "/firma/" in message.text
    # The surname of the minor is not for whoever reads over a shoulder.
    assert "Amina B." in message.text
    assert "Bianchi" not in message.text + message.subject
    if channel == "sms":
        link = next(word for word in message.text.split() if "/firma/" in word)
        assert len(message.text.replace(link, "")) <= 160


def test_asked_by_letter(minor, operator, purposes, now, as_user, monkeypatch):
    pages = []
    monkeypatch.setattr("foundation.documents.pdf.render", lambda html, **kwargs: pages.append(html) or PDF)
    named(minor, operator, now)
    consent = actions.ask_consent(person=minor, purpose=purposes["enrolment"], by=operator, now=now)
    signer = consent.request.signers.get()
    response = as_user(operator).post(reverse("accounts:signing-letter", args=[signer.pk]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Cache-Control"] == "private, no-store"
    letter = pages[-1]
    link = signer.links.get(replaced_at=None)
    assert link.channel == LinkChannel.LETTER
    code = letter.split('class="letter-code">')[1][:6]
    assert documents.check_code(link=link, code=code, now=now)
    assert "data:image/svg+xml;base64," in letter
    # The young person does not print it: with the code it is the parent's.
    assert as_user(minor.user).post(reverse("accounts:signing-letter", args=[signer.pk])).status_code == 403


def test_several_minors_under_one(minor, operator, purposes, now, client):
    """One mother of two: one row, each child's request apart; the other one is named after she has shown who she is."""
    brother = f.YoungPersonFactory(first_name="Sami", last_name="Bianchi", birth_date=date(2010, 1, 1))
    one, two = checked(minor, operator, now), named(brother, operator, now)
    assert one == two
    consents = [
        actions.ask_consent(person=child, purpose=purposes["enrolment"], by=operator, now=now)
        for child in (minor, brother)
    ]
    first, second = (consent.request.signers.get() for consent in consents)
    assert {first.party, second.party} == {one.pk}
    # The page for one child names the other one only to her who has written the code.
    page = re.search(r"/firma/\S+/", OutgoingMessage.objects.get(text__contains="Amina B.").text)[0]
    assert "Sami" not in client.get(page).content.decode()
    client.post(f"{page}codice/", {"action": "send"})
    code = re.search(r"\b\d{6}\b", OutgoingMessage.objects.get(key__startswith="signing:code").text)[0]
    client.post(f"{page}codice/", {"code": code})
    shown = client.get(page).content.decode()
    assert "Il Suo consenso per Amina B." in shown
    assert "Il Suo consenso per Sami B." in shown
    client.post(page, {"read": "on"})
    assert [c.state for c in Consent.objects.order_by("asked_at", "person__first_name")] == ["given", "asked"]
    assert queries.consent_gap(brother, "enrolment", now.date()) != []


def test_a_guardian_who_comes_later(minor, operator, purposes, now, as_user):
    """Without anybody: enrolment goes on, an internship has to wait, and both pages say so; then it is asked."""
    today = now.date()
    assert queries.blocked_by_consent(minor, "enrolment", today) == []
    assert len(queries.blocked_by_consent(minor, "internship", today)) == 1
    for client, page in (
        (as_user(minor.user), reverse("accounts:my-representatives")),
        (as_user(operator), reverse("accounts:representatives", args=[minor.pk])),
    ):
        text = client.get(page).content.decode()
        assert "Tirocinio" in text
        assert "Foto e video" in text
        # Also what goes on at once and asks later.
        assert "Attività e corsi" in text
    with pytest.raises(NotNow):
        actions.ask_consent(person=minor, purpose=purposes["internship"], by=operator, now=now)
    checked(minor, operator, now, kind=RepresentativeKind.GUARDIAN)
    consent = actions.ask_consent(person=minor, purpose=purposes["internship"], by=operator, now=now)
    answer(consent.request.signers.get(), now)
    assert queries.blocked_by_consent(minor, "internship", today) == []


def test_two_and_one_refuses(minor, operator, purposes, now):
    """Photographs take both; for an activity one yes is enough."""
    checked(minor, operator, now)
    checked(minor, operator, now, first_name="Karim", email="karim@example.org")
    both = actions.ask_consent(person=minor, purpose=purposes["image"], by=operator, now=now)
    fatima, karim = both.request.signers.order_by("name")
    answer(fatima, now)
    answer(karim, now, yes=False)
    both.refresh_from_db()
    assert both.state == ConsentState.REFUSED
    assert queries.consent_gap(minor, "image", now.date()) != []

    one = actions.ask_consent(person=minor, purpose=purposes["enrolment"], by=operator, now=now)
    fatima, karim = one.request.signers.order_by("name")
    answer(karim, now, yes=False)
    assert Consent.objects.get(pk=one.pk).state == ConsentState.ASKED
    answer(fatima, now)
    assert Consent.objects.get(pk=one.pk).state == ConsentState.GIVEN


def test_who_signs_no_more_signs_no_more(minor, operator, purposes, now):
    checked(minor, operator, now)
    consent = actions.ask_consent(person=minor, purpose=purposes["enrolment"], by=operator, now=now)
    signer = consent.request.signers.get()
    link = signer.links.get()
    actions.end_representation(
        representation=Representation.objects.get(), why=EndOfRepresentation.REPLACED, by=operator, now=now
    )
    with pytest.raises(NotNow):
        documents.sign(signer=signer, link=link, proof=Proof(code_at=now), now=now)
    consent = Consent.objects.get()
    assert (consent.state, consent.request.state) == (ConsentState.ENDED, SignatureState.CANCELLED)


def test_a_consent_taken_back_ends(minor, operator, purposes, now):
    checked(minor, operator, now)
    consent = actions.ask_consent(person=minor, purpose=purposes["image"], by=operator, now=now)
    signer = consent.request.signers.get()
    link = signer.links.get()
    answer(signer, now)
    link.refresh_from_db()
    documents.withdraw(signer=Signer.objects.get(), link=link, proof=Proof(code_at=now), now=now)
    consent.refresh_from_db()
    assert (consent.state, consent.ended_at) == (ConsentState.WITHDRAWN, now)
    assert queries.consent_gap(minor, "image", now.date()) != []
