"""My data: what is kept, who saw it, which partner sees what."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from accounts import actions
from accounts.enums import RequestKind, Role
from accounts.models import PrivacyRequest
from accounts.queries import my_data
from foundation.privacy import registry
from foundation.privacy.enums import AccessReason, FieldKind
from intake.enums import ReferralState
from tests.factories import AccessFactory, EnrolmentFactory, ReferralFactory, RunFactory

pytestmark = pytest.mark.django_db


def test_what_is_kept_and_why(as_user, young_person):
    page = as_user(young_person.user).get("/io/dati/").content.decode()
    # The words are the register's, and every kind that may be kept is there with its basis.
    for group in my_data.what_is_kept(young_person.birth_date.replace(year=2026)):
        assert str(group["kind"].label) in page
        assert group["bases"]
        assert all(escape(label) in page for label in group["labels"][:3])
    kinds = {group["kind"] for group in my_data.what_is_kept(young_person.birth_date)}
    assert {FieldKind.IDENTITY, FieldKind.CONTACT, FieldKind.ORDINARY, FieldKind.SPECIAL, FieldKind.FREE_TEXT} <= kinds
    assert FieldKind.TECHNICAL not in kinds


def test_every_model_about_a_person_is_reached():
    """A room that adds a table about people needs to do nothing but classify it."""
    reached = {way.model._meta.label for way in my_data.ways()} | {"accounts.YoungPerson", "accounts.User"}
    mine = {
        model._meta.label
        for model in registry._fields
        if any(known.kind in (FieldKind.SPECIAL, FieldKind.FREE_TEXT) for known in registry.of(model).values())
    }
    # Who signs for somebody has rights of their own; an expense names no young person.
    assert mine - reached <= my_data.OTHERS


def test_corrections(as_user, young_person):
    page = as_user(young_person.user)
    # What one may change oneself is changed; the rest is asked for.
    assert 'href="/io/"' in page.get("/io/dati/").content.decode()
    page.post("/io/richieste/correzione/", {"text": "Sono del 2007, non del 2006."})
    asked = PrivacyRequest.objects.get()
    assert (asked.kind, asked.text) == (RequestKind.CORRECTION, "Sono del 2007, non del 2006.")
    again = page.post("/io/richieste/correzione/", {"text": " "})
    assert "text" in again.context["form"].errors


def test_who_opened_my_file(as_user, young_person, operator, participation, other_young_person, now):
    as_user(operator).get(f"/persone/{participation.pk}/")
    text = as_user(young_person.user).get("/io/accessi/").content.decode()
    assert str(Role.OPERATOR.label) in text
    assert "Comune di Milano" in text
    assert "10:00" in text
    for secret in (operator.name, operator.email, "Sara"):
        assert secret not in text
    assert operator.name not in as_user(other_young_person.user).get("/io/accessi/").content.decode()
    assert "Nessuno ha ancora aperto" in as_user(other_young_person.user).get("/io/accessi/").content.decode()


def test_openings_are_paged_and_one_cannot_page_into_anothers(as_user, young_person, other_young_person, now):
    for n in range(53):
        AccessFactory(about=young_person.pk, at=now - timedelta(minutes=n), why=AccessReason.DESK)
    page = as_user(young_person.user)
    first = page.get("/io/accessi/")
    assert len(first.context["rows"]) == 50
    assert len(page.get(f"/io/accessi/?prima={first.context['more']}").context["rows"]) == 3
    # Somebody else's row, nonsense: the beginning.
    other = AccessFactory(about=other_young_person.pk, at=now - timedelta(days=90))
    for before in (other.pk, "-1", "x", "9" * 40, ""):
        assert len(page.get(f"/io/accessi/?prima={before}").context["rows"]) == 50


def test_which_partner_sees_what(as_user, young_person, participation, operator, partner, other_partner, now):
    ReferralFactory(participation=participation, organisation=partner, sent_by=operator)
    run = RunFactory(opportunity__organisation=other_partner, opportunity__edition=participation.edition)
    EnrolmentFactory(run=run, participation=participation, asked_by=young_person.user)
    response = as_user(young_person.user).get("/io/condivisioni/")
    rows = {row.organisation: row for row in response.context["rows"]}
    assert set(rows) == {partner, other_partner}
    assert rows[partner].can_withdraw
    assert not rows[other_partner].can_withdraw
    assert "Finisce quando ti ritiri" in response.content.decode()


def test_only_a_partner_that_sees_me_can_be_shut_out(as_user, young_person, participation, other_partner, now):
    page = as_user(young_person.user)
    for organisation in (other_partner.pk, "999999", "x", "9" * 30):
        assert page.post("/io/condivisioni/", {"organisation": organisation, "verb": "withdraw"}).status_code == 404


def test_given_back_it_stands_as_it_stood(young_person, participation, operator, partner, partner_staff, now):
    answered = {"answered_at": now, "answered_by": partner_staff, "state": ReferralState.ACCEPTED}
    referral = ReferralFactory(participation=participation, organisation=partner, sent_by=operator, **answered)
    values = {"person": young_person, "organisation": partner, "by": young_person.user}
    actions.withdraw_access(**values, now=now)
    referral.refresh_from_db()
    assert referral.state == ReferralState.WITHDRAWN
    actions.withdraw_access(**values, now=now + timedelta(minutes=1))
    actions.grant_access(**values, now=now + timedelta(minutes=2))
    actions.grant_access(**values, now=now + timedelta(minutes=3))
    referral.refresh_from_db()
    assert referral.state == ReferralState.ACCEPTED
    assert young_person.access_grants.filter(withdrawn_at=None).count() == 1
