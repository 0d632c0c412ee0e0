"""Organisations, invitations, roles, closing accounts, and what happens when somebody leaves."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts import actions
from accounts.enums import Role
from accounts.models import Invitation, Membership, User
from accounts.permissions import has_role_at
from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from intake.actions import reopen_participation
from intake.models import Participation
from migwork.errors import NotNow
from programme.models import Organisation
from tests import factories
from tests.strict import StrictClient


def link_to(email):
    """The address of the newest invitation, as it stands in the mail."""
    mail = OutgoingMessage.objects.filter(to=email).order_by("-created_at").first()
    return re.search(r"/account/invito/\S+", mail.text)[0]


def invite(by, organisation, email="nuova@example.org", role=Role.PARTNER_STAFF, now=None):
    actions.invite(email=email, organisation=organisation, role=role, by=by, now=now)
    return link_to(email)


def test_an_organisation_and_its_members(as_user, administrator, operator, city):
    client = as_user(administrator)
    answer = client.post(
        reverse("accounts:organisation-create"), {"name": "Associazione Ponti", "short_name": "Ponti", "website": ""}
    )
    added = Organisation.objects.get(short_name="Ponti")
    assert answer["Location"] == reverse("accounts:organisation", args=[added.pk])
    # Two of the same name are two.
    actions.add_organisation(name="Ponti di Lodi", short_name="Ponti", by=administrator, now=operator.date_joined)
    assert Organisation.objects.filter(short_name="Ponti").count() == 2
    page = client.get(reverse("accounts:organisation", args=[city.pk])).content.decode()
    assert operator.name in page
    assert "Operatore" in page


def test_an_invitation_works_once_in_its_time_for_its_address(partner_admin, partner, young_person, as_user, now):
    link = invite(partner_admin, partner, now=now)
    assert "/account/invito/" in link
    token = link.strip("/").rsplit("/", 1)[-1]
    assert token not in Invitation.objects.get().token_digest
    # Opening consumes nothing; somebody who is signed in as somebody else is not let in by it.
    visitor = StrictClient()
    for _again in range(2):
        assert visitor.get(link).status_code == 200
    as_user(young_person.user).post(link, {"name": "Nina Testi"})
    assert not Membership.objects.filter(user=young_person.user).exists()
    # Late.
    with time_machine.travel(now + timedelta(days=7), tick=False):
        assert "Accetta" not in visitor.get(link).content.decode()
        visitor.post(link, {"name": "Nina Testi"})
    assert not User.objects.filter(email="nuova@example.org").exists()
    # In time, once.
    with time_machine.travel(now + timedelta(days=7) - timedelta(seconds=1), tick=False):
        visitor.post(link, {"name": "Nina Testi"})
        member = User.objects.get(email="nuova@example.org")
        assert member.name == "Nina Testi"
        assert member.roles == {Role.PARTNER_STAFF}
        thief = StrictClient()
        thief.post(link, {"name": "Ladro"})
        assert "_auth_user_id" not in thief.session
    # Whoever came in has no second factor yet, and so gets to no page of work.
    assert visitor.get(reverse("accounts:profile"))["Location"].startswith(reverse("mfa_index"))
    assert Membership.objects.filter(user=member).count() == 1


def test_an_invited_account_with_a_factor_is_asked_for_it(operator, partner_admin, partner, now):
    Authenticator.objects.create(user=operator, type="totp", data={"secret": ""}, created_at=now)
    client = StrictClient()
    link = invite(partner_admin, partner, email=operator.email, now=now)
    assert client.post(link)["Location"].startswith(reverse("mfa_authenticate"))


def test_a_newer_invitation_replaces_the_earlier(partner_admin, partner, now):
    first = invite(partner_admin, partner, now=now)
    second = invite(partner_admin, partner, now=now + timedelta(minutes=1))
    client = StrictClient()
    client.post(first, {"name": "Nina"})
    assert not User.objects.filter(email="nuova@example.org").exists()
    client.post(second, {"name": "Nina"})
    assert User.objects.filter(email="nuova@example.org").exists()


def test_what_is_taken_back_is_no_longer_good(partner_admin, partner, as_user, now):
    link = invite(partner_admin, partner, now=now)
    invitation = Invitation.objects.get()
    as_user(partner_admin).post(reverse("accounts:invitation-cancel", args=[partner.pk, invitation.pk]))
    StrictClient().post(link, {"name": "Nina"})
    assert not User.objects.filter(email="nuova@example.org").exists()


def test_a_made_up_link_is_not_found(client, edition):
    assert client.get(reverse("account_invitation", args=["x" * 43])).status_code == 404


def test_a_closed_account_is_not_opened_by_an_invitation(operator, administrator, partner_admin, partner, now):
    actions.close_account(user=operator, by=administrator, now=now)
    link = invite(partner_admin, partner, email=operator.email, now=now)
    StrictClient().post(link)
    operator.refresh_from_db()
    assert not operator.is_active
    assert not operator.memberships.filter(organisation=partner).exists()


def test_partner_administrators_for_their_own(partner_admin, partner, other_partner, city, as_user, operator, now):
    client = as_user(partner_admin)
    assert client.get(reverse("accounts:organisation", args=[partner.pk])).status_code == 200
    for other in (other_partner, city):
        for name in ("accounts:organisation", "accounts:invitation-create"):
            assert client.get(reverse(name, args=[other.pk])).status_code == 404
        with pytest.raises(PermissionDenied):
            invite(partner_admin, other, now=now)
    # Of roles, only a partner's.
    form = {"email": "nuova@example.org", "role": Role.COORDINATOR}
    client.post(reverse("accounts:invitation-create", args=[partner.pk]), form)
    assert not Invitation.objects.exists()
    for role in set(Role) - {Role.PARTNER_STAFF, Role.PARTNER_ADMIN}:
        with pytest.raises(PermissionDenied):
            invite(partner_admin, partner, role=role, now=now)
    # No account is theirs to close, nor are the keys of who works elsewhere too.
    Membership.objects.create(user=operator, organisation=partner, role=Role.PARTNER_STAFF, since=now)
    with pytest.raises(PermissionDenied):
        actions.close_account(user=operator, by=partner_admin, now=now)
    with pytest.raises(PermissionDenied):
        actions.reset_factors(user=operator, by=partner_admin, now=now)


def test_who_has_the_role_is_not_invited_again(partner_admin, partner_staff, partner, now):
    with pytest.raises(ValidationError):
        invite(partner_admin, partner, email=partner_staff.email, now=now)


def test_a_role_holds_in_its_organisation(operator, partner_admin, partner, other_partner, city, as_user, now):
    link = invite(partner_admin, partner, email=operator.email, now=now)
    client = as_user(operator)
    client.post(link)
    both = User.objects.get(pk=operator.pk)
    assert has_role_at(both, city.pk, Role.OPERATOR)
    assert has_role_at(both, partner.pk, Role.PARTNER_STAFF)
    assert not has_role_at(both, partner.pk, Role.OPERATOR)
    assert not has_role_at(both, city.pk, Role.PARTNER_STAFF)
    assert not has_role_at(both, other_partner.pk, *Role.values)
    # Leaving the one leaves the other.
    actions.hand_over(user=both, organisation=partner, by=partner_admin, now=now)
    assert User.objects.get(pk=operator.pk).places == [(Role.OPERATOR, city.pk)]


def test_disabling_ends_every_session(as_user, operator, administrator, city, now):
    phone, desk = as_user(operator), as_user(operator)
    page = reverse("accounts:profile")
    assert phone.get(page).status_code == desk.get(page).status_code == 200
    as_user(administrator).post(reverse("accounts:member-confirm", args=[city.pk, operator.pk, "close"]))
    for client in (phone, desk):
        assert client.get(page)["Location"].startswith(reverse("account_login"))
    # Opened again, the earlier sessions stay over.
    address = reverse("accounts:member-change", args=[city.pk, operator.pk])
    as_user(administrator).post(address, {"verb": "reopen"})
    for client in (phone, desk):
        assert client.get(page)["Location"].startswith(reverse("account_login"))
    with time_machine.travel(now + timedelta(seconds=1), tick=False):
        assert as_user(operator).get(page).status_code == 200


def test_nobody_closes_their_own(administrator, now):
    with pytest.raises(PermissionDenied):
        actions.close_account(user=administrator, by=administrator, now=now)


def test_keys_are_reset_by_who_saw_the_person(partner_admin, partner_staff, partner, as_user, now):
    Authenticator.objects.create(user=partner_staff, type="totp", data={"secret": ""}, created_at=now)
    theirs = as_user(partner_staff)
    as_user(partner_admin).post(reverse("accounts:member-confirm", args=[partner.pk, partner_staff.pk, "reset-keys"]))
    assert not Authenticator.objects.filter(user=partner_staff).exists()
    assert theirs.get(reverse("accounts:profile"))["Location"].startswith(reverse("account_login"))
    assert "azzerate" in OutgoingMessage.objects.get(to=partner_staff.email).text
    with pytest.raises(PermissionDenied):
        actions.reset_factors(user=partner_admin, by=partner_admin, now=now)


def test_what_hurts_asks_once_more(partner_staff, partner, administrator, partner_admin, as_user, now):
    """Neither closing an account nor resetting keys is one click away: a page says first what it does to the person."""
    Authenticator.objects.create(user=partner_staff, type="totp", data={"secret": ""}, created_at=now)
    client, here = as_user(administrator), [partner.pk, partner_staff.pk]
    shown = client.get(reverse("accounts:member", args=here)).content.decode()
    for verb, says in (("close", "non può più accedere"), ("reset-keys", "Guarda un documento")):
        confirm = reverse("accounts:member-confirm", args=[*here, verb])
        assert confirm in shown
        assert says in client.get(confirm).content.decode()
        assert client.post(reverse("accounts:member-change", args=here), {"verb": verb}).status_code == 404
    partner_staff.refresh_from_db()
    assert partner_staff.is_active
    assert Authenticator.objects.filter(user=partner_staff).exists()
    # Who may not is not even asked.
    assert as_user(partner_admin).get(reverse("accounts:member-confirm", args=[*here, "close"])).status_code == 403
    assert client.get(reverse("accounts:member-confirm", args=[*here, "explode"])).status_code == 404


@pytest.fixture
def desk(operator, other_operator, participation, city, now):
    """The operator follows somebody, and has an appointment tomorrow."""
    participation.operator = operator
    participation.save()
    ended = factories.ParticipationFactory(operator=operator, state="closed", ending="work", closed_at=now)
    talk = factories.AppointmentFactory(
        participation=participation, operator=operator, organisation=city, starts_at=now + timedelta(days=1)
    )
    return participation, talk, ended


def test_nothing_of_theirs_is_orphaned(desk, operator, other_operator, city, administrator, as_user, now):
    participation, talk, ended = desk
    client = as_user(administrator)
    theirs = as_user(operator)
    address = reverse("accounts:member-leave", args=[city.pk, operator.pk])
    page = client.get(address).content.decode()
    assert "Persona seguita" in page
    assert "Appuntamento in programma" in page
    # Without saying to whom, nobody leaves.
    client.post(address)
    assert Membership.objects.get(user=operator).is_active
    with pytest.raises(NotNow):
        actions.hand_over(user=operator, organisation=city, by=administrator, now=now)
    client.post(address, {"to": other_operator.pk})
    participation.refresh_from_db()
    talk.refresh_from_db()
    assert participation.operator == talk.operator == other_operator
    assert not Membership.objects.get(user=operator).is_active
    assert theirs.get(reverse("accounts:profile"))["Location"].startswith(reverse("account_login"))
    assert Event.objects.filter(verb="intake.handed_over", about=participation.person_id).exists()
    # What had ended stays under their name; opened again, it is with whoever opens it.
    reopen_participation(participation=ended, by=other_operator, now=now)
    assert Participation.objects.get(pk=ended.pk).operator == other_operator


def test_an_appointment_at_the_same_hour_stops_all_of_it(desk, operator, other_operator, city, administrator, now):
    participation, talk, _ended = desk
    factories.AppointmentFactory(operator=other_operator, organisation=city, starts_at=talk.starts_at)
    with pytest.raises(NotNow, match="Piero Gatti"):
        actions.hand_over(user=operator, organisation=city, to=other_operator, by=administrator, now=now)
    participation.refresh_from_db()
    assert participation.operator == operator
    assert Membership.objects.get(user=operator).is_active


def test_internships_pass_too(partner_staff, partner_admin, partner, edition, now):
    followed = factories.InternshipFactory(promoter=partner, promoter_tutor=partner_staff, created_by=partner_staff)
    actions.hand_over(user=partner_staff, organisation=partner, to=partner_admin, by=partner_admin, now=now)
    followed.refresh_from_db()
    assert followed.promoter_tutor == partner_admin


def test_only_to_a_colleague_in_a_like_role(desk, operator, coordinator, other_partner_staff, city, administrator, now):
    for stranger in (coordinator, other_partner_staff, operator):
        with pytest.raises(NotNow):
            actions.hand_over(user=operator, organisation=city, to=stranger, by=administrator, now=now)
