"""What strangers and insiders try on identity, minors and people's data: each door that was once found open."""

import re
import threading
import time
from contextlib import suppress
from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.actions import anonymise_person, merging, requests
from accounts.enums import ConsentState, Role
from accounts.models import Purpose, Representation, User, YoungPerson
from accounts.permissions import may_send_signing_links
from foundation.communications.models import OutgoingMessage
from foundation.documents import actions as documents
from foundation.documents.policies import Proof
from foundation.privacy.models import Access
from migwork.errors import NotNow
from tests import factories
from tests.accounts.signing import checked
from tests.strict import StrictClient


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "account_set_password"])
def test_pages_of_new_keys_send_visitors_to_the_sign_in(edition, name):
    for answer in (StrictClient().get(reverse(name)), StrictClient().post(reverse(name), {})):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


def test_nul_in_a_search_finds_nobody(as_user, edition, privacy_officer, operator, participation):
    pages = [(privacy_officer, reverse("accounts:privacy-request-find"))]
    pages += [(operator, reverse("intake:same-as", args=[participation.pk]))]
    for user, page in pages:
        assert as_user(user).post(page, {"q": "bian\x00chi\x00 \N{GRINNING FACE}"}).status_code == 200


# -- a dangerous home ---------------------------------------------------------------------


@pytest.mark.parametrize("address", ["casa@example.org", "sicura@example.org"])
def test_the_address_of_a_dangerous_home_takes_no_record_over(edition, now, address):
    """A father who reads the family's mail knows his daughter's name and birth date: they open nothing of hers."""
    daughter = factories.YoungPersonFactory(
        first_name="Amina",
        last_name="Bianchi",
        birth_date=date(2006, 5, 5),
        user=None,
        email="casa@example.org",
        safe_contact=True,
        safe_channel="email",
        safe_address="sicura@example.org",
        sort_key="bianchi amina",
    )
    user, _created = actions.sign_up(
        first_name="Amina",
        last_name="Bianchi",
        birth_date=date(2006, 5, 5),
        tie="lives",
        channel="email",
        address=address,
        language="it",
        now=now,
    )
    assert (user.person == daughter) is (address == "sicura@example.org")


# -- who signed, and signs no more ---------------------------------------------------------


@pytest.fixture
def consent(minor, operator, purposes, quick_documents, now):
    """Amina's mother was seen at the desk, and is asked to consent."""
    mother = checked(minor, operator, now)
    asked = actions.ask_consent(person=minor, purpose=purposes["image"], by=operator, now=now)
    return SimpleNamespace(asked=asked, mother=mother, signer=asked.request.signers.get(), person=minor)


def token_of(signer):
    text = OutgoingMessage.objects.filter(to=signer.email, text__contains="/firma/").latest("created_at").text
    return re.search(r"/firma/([^/\s]+)/", text)[1]


def end(representative, operator, now):
    representation = Representation.objects.get(representative=representative, ended_at=None)
    actions.end_representation(representation=representation, why="replaced", by=operator, now=now)


def test_whoever_signs_no_more_has_no_say_by_the_link_that_was_used(consent, operator, now):
    """Another guardian was appointed: the one before neither takes the consent back nor has the paper."""
    token, browser = token_of(consent.signer), StrictClient()
    pages = {name: reverse(f"documents:{name}", args=[token]) for name in ("sign", "sign-copy", "sign-withdraw")}
    link = consent.signer.links.get()
    session = browser.session
    session["documents_proofs"] = {str(link.pk): {"at": now.isoformat()}}
    session.save()
    browser.post(pages["sign"], {"read": "on"})
    copy = browser.get(pages["sign-copy"])
    assert copy["Content-Type"] == "application/pdf"
    assert copy.getvalue()
    end(consent.mother, operator, now)
    assert browser.get(pages["sign-copy"]).status_code == 302
    browser.post(pages["sign-withdraw"])
    browser.post(reverse("documents:sign-code", args=[token]), {"action": "send"})
    shown = browser.get(pages["sign"]).content.decode()
    assert pages["sign-copy"] not in shown
    assert pages["sign-withdraw"] not in shown
    consent.asked.refresh_from_db()
    assert consent.asked.state == ConsentState.GIVEN
    assert not OutgoingMessage.objects.filter(key__startswith="signing:code:").exists()


def test_the_links_of_who_signs_no_more_stop_after_a_merge_too(consent, operator, now):
    kept = factories.YoungPersonFactory(birth_date=consent.person.birth_date, user=None)
    actions.merge(kept=kept, merged=consent.person, reason="La stessa", by=operator, now=now)
    link = consent.signer.links.get()
    end(consent.mother, operator, now)
    with pytest.raises(NotNow):
        documents.sign(signer=consent.signer, link=link, proof=Proof(code_at=now), now=now)
    consent.asked.refresh_from_db()
    assert consent.asked.state == ConsentState.ENDED


def test_after_a_merge_one_still_sends_ones_own_link_again(consent, operator, now):
    """What was asked under the record that was folded in is the young person's still."""
    user = consent.person.user or factories.UserFactory()
    consent.person.user = user
    consent.person.save()
    kept = factories.YoungPersonFactory(birth_date=consent.person.birth_date, user=None)
    actions.merge(kept=kept, merged=consent.person, reason="La stessa", by=operator, now=now)
    user = User.objects.get(pk=user.pk)
    assert user.person.pk == kept.pk
    assert may_send_signing_links(user, consent.signer.request)
    stranger = factories.YoungPersonFactory(user=factories.UserFactory()).user
    assert not may_send_signing_links(stranger, consent.signer.request)


# -- members who leave ---------------------------------------------------------------------


@pytest.mark.parametrize("way", ["leaves", "closed"])
def test_nobody_comes_back_by_an_invitation_sent_beforehand(partner_admin, partner, administrator, edition, now, way):
    """A partner's administrator who is about to go invites a private address of theirs, and one who stays another."""
    factories.member(Role.PARTNER_ADMIN, partner, email="resta@example.org")
    staying = User.objects.get(email="resta@example.org")
    for address, by in (("privata@example.org", partner_admin), ("collega@example.org", staying)):
        actions.invite(email=address, organisation=partner, role=Role.PARTNER_ADMIN, by=by, now=now)
    if way == "leaves":
        actions.hand_over(user=partner_admin, organisation=partner, to=staying, by=administrator, now=now)
    else:
        actions.close_account(user=partner_admin, by=administrator, now=now)
    links = {
        message.to: re.search(r"/account/invito/\S+", message.text)[0]
        for message in OutgoingMessage.objects.filter(text__contains="/account/invito/")
    }
    assert StrictClient().get(links["collega@example.org"]).status_code == 200
    StrictClient().post(links["privata@example.org"], {"name": "Ugo Sala"})
    assert not User.objects.filter(email="privata@example.org").exists()


def test_a_merge_with_a_dangerous_home_stops_what_was_on_its_way(consent, operator, now):
    """The desk marked one of two records; at the other one a link waits at the father's."""
    marked = factories.YoungPersonFactory(birth_date=consent.person.birth_date, user=None, safe_contact=True)
    link = consent.signer.links.get()
    on_its_way = OutgoingMessage.objects.get(to=consent.signer.email)
    actions.merge(kept=marked, merged=consent.person, reason="La stessa", by=operator, now=now)
    on_its_way.refresh_from_db()
    assert on_its_way.state == "cancelled"
    with pytest.raises(NotNow):
        documents.sign(signer=consent.signer, link=link, proof=Proof(code_at=now), now=now)
    for again in (actions.send_again, actions.make_letter):
        with pytest.raises(NotNow) as refusal:
            again(signer=consent.signer, by=operator, now=now)
        assert refusal.value.code == "safe_contact"


# -- what is left of somebody --------------------------------------------------------------


def test_an_erasure_leaves_no_address_of_who_signed(consent, privacy_officer, now):
    """The codes that went to the mother's phone are written to her number, about nobody."""
    documents.send_code(link=consent.signer.links.get(), now=now)
    assert OutgoingMessage.objects.filter(to=consent.signer.phone).exists()
    anonymise_person(person=consent.person, by=privacy_officer, now=now)
    left = OutgoingMessage.objects.filter(to__in=[consent.signer.phone, consent.signer.email])
    assert not left.exists()
    assert not OutgoingMessage.objects.filter(key__startswith="signing:code:").exclude(text="").exists()


def test_a_session_holds_no_address(edition, young_person, now):
    """Sessions live for months, longer than the account of whoever asks to be erased."""
    browser = StrictClient()
    browser.post(reverse("account_login"), {"login": young_person.user.email})
    code = re.search(r"\b\d{6}\b", OutgoingMessage.objects.latest("created_at").text)[0]
    browser.post(reverse("account_confirm_login_code"), {"code": code})
    assert browser.get(reverse("accounts:profile")).context["person"] == young_person
    assert young_person.user.email not in str(dict(browser.session.items()))


# -- insiders who look -----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["representatives", "safe-contact", "representative-check", "signing-paper"])
def test_what_an_operator_looks_up_is_told_to_the_person(consent, other_operator, as_user, name):
    """Where somebody may be reached safely, and who signs for them, is looked up by nobody unseen."""
    rows = {"representative-check": Representation.objects.get().pk, "signing-paper": consent.signer.pk}
    page = reverse(f"accounts:{name}", args=[rows.get(name, consent.person.pk)])
    assert as_user(other_operator).get(page).status_code == 200
    seen = Access.objects.get()
    assert (seen.about, seen.by, seen.what) == (consent.person.pk, other_operator, f"accounts:{name}")


@pytest.mark.django_db(transaction=True)
def test_an_erasure_takes_the_record_that_is_being_merged(monkeypatch):
    """Two records are made one beside the erasure of the one that stays: both names go."""
    moment, house = timezone.now(), factories.OrganisationFactory()
    operator, officer = (
        factories.member(role, house, email=f"{role}@example.org") for role in (Role.OPERATOR, Role.PRIVACY_OFFICER)
    )
    kept, other = (factories.YoungPersonFactory(user=None, last_name="Zanardelli") for _number in range(2))
    begun, real = threading.Event(), merging.record

    def slowly(**values):
        begun.set()
        # As long as the erasure may need to begin; it waits for this transaction.
        time.sleep(0.3)
        return real(**values)

    def unite():
        actions.merge(kept=kept, merged=other, reason="La stessa", by=operator, now=moment)
        connections.close_all()

    monkeypatch.setattr(merging, "record", slowly)
    uniting = threading.Thread(target=unite)
    uniting.start()
    assert begun.wait(timeout=10)
    anonymise_person(person=kept, by=officer, now=moment)
    uniting.join(timeout=10)
    assert YoungPerson.objects.filter(merged_into=kept).exists()
    assert not YoungPerson.objects.filter(last_name="Zanardelli").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("erased", ["kept", "merged"])
def test_an_erasure_and_a_merge_do_not_wait_for_each_other(monkeypatch, erased):
    """The officer has the request open when an operator makes one of two records, to which it has to move."""
    moment, house = timezone.now(), factories.OrganisationFactory()
    operator, officer = (
        factories.member(role, house, email=f"{role}@example.org") for role in (Role.OPERATOR, Role.PRIVACY_OFFICER)
    )
    kept, merged = (factories.YoungPersonFactory(user=None, last_name="Zanardelli") for _number in range(2))
    person = kept if erased == "kept" else merged
    asked = actions.ask(person=person, kind="erasure", by=officer, now=moment)
    begun, real, refused = threading.Event(), requests.anonymise_person, []

    def slowly(**values):
        begun.set()
        # As long as the merge may need to come as far as it can.
        time.sleep(0.5)
        return real(**values)

    def unite():
        begun.wait(timeout=10)
        with suppress(NotNow):
            actions.merge(kept=kept, merged=merged, reason="La stessa", by=operator, now=moment)
            refused.append(False)
        connections.close_all()

    monkeypatch.setattr(requests, "anonymise_person", slowly)
    uniting = threading.Thread(target=unite)
    uniting.start()
    actions.answer(request=asked, verb="grant", answer="Fatto", by=officer, now=moment)
    uniting.join(timeout=10)
    assert not uniting.is_alive()
    person.refresh_from_db()
    assert person.anonymised_at
    # Whoever came second was told that the record has no name any more.
    assert refused == []


@pytest.mark.django_db(transaction=True)
def test_two_erasures_amid_merges_both_ways():
    """Two officers erase two records of one person while two operators make one of them, each the other way round."""
    moment, house = timezone.now(), factories.OrganisationFactory()
    operator, officer = (
        factories.member(role, house, email=f"{role}@example.org") for role in (Role.OPERATOR, Role.PRIVACY_OFFICER)
    )
    for _round in range(6):
        one, other = (factories.YoungPersonFactory(user=None, last_name="Zanardelli") for _number in range(2))
        asked = [actions.ask(person=person, kind="erasure", by=officer, now=moment) for person in (one, other)]
        start, errors = threading.Barrier(4), []

        def at_once(act, start=start, errors=errors):
            try:
                start.wait(timeout=30)
                act()
            except NotNow:
                pass
            except Exception as error:
                errors.append(error)
            finally:
                connections.close_all()

        def grant(request):
            actions.answer(request=request, verb="grant", answer="Fatto", by=officer, now=moment)

        def unite(kept, merged):
            made = actions.merge(kept=kept, merged=merged, reason="La stessa", by=operator, now=moment)
            actions.undo_merge(merge=made, by=operator, now=moment)

        acts = [
            partial(grant, asked[0]),
            partial(grant, asked[1]),
            partial(unite, one, other),
            partial(unite, other, one),
        ]
        threads = [threading.Thread(target=at_once, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
            assert not thread.is_alive()
        assert errors == []
        assert not YoungPerson.objects.filter(last_name="Zanardelli").exists()


@pytest.mark.django_db(transaction=True)
def test_signing_and_ending_at_once_do_not_wait_for_each_other(quick_documents, monkeypatch):
    call_command("load_purposes", verbosity=0)
    moment = timezone.now()
    operator = factories.member(Role.OPERATOR, factories.OrganisationFactory(), email="sara@example.org")
    minor = factories.YoungPersonFactory(birth_date=moment.date().replace(year=moment.year - 16, day=1))
    mother = checked(minor, operator, moment)
    asked = actions.ask_consent(person=minor, purpose=Purpose.objects.get(code="image"), by=operator, now=moment)
    signer = asked.request.signers.get()
    link, begun, real, errors = signer.links.get(), threading.Event(), documents.cancel, []

    def slowly(**values):
        begun.set()
        time.sleep(0.3)
        return real(**values)

    def ending():
        try:
            end(mother, operator, moment)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    monkeypatch.setattr(documents, "cancel", slowly)
    other = threading.Thread(target=ending)
    other.start()
    assert begun.wait(timeout=10)
    documents.sign(signer=signer, link=link, proof=Proof(code_at=moment), now=moment)
    other.join(timeout=10)
    assert errors == []
    asked.refresh_from_db()
    link.refresh_from_db()
    assert (asked.state, bool(link.replaced_at)) == (ConsentState.GIVEN, True)
