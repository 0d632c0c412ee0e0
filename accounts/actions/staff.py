"""Every write about organisations, their members and the keys with which these come in."""

from datetime import timedelta
from secrets import token_urlsafe

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts import hooks
from accounts.actions.telling import tell_owner
from accounts.models import Invitation, Membership, User
from accounts.permissions import (
    can_close_account,
    can_keep_organisations,
    can_manage_members,
    can_reset_factor,
    check,
    roles_to_give,
)
from accounts.queries import digest_of, free_code, held_by, like_roles
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from foundation.privacy.actions import record
from migwork.errors import NotNow
from migwork.links import absolute_url
from programme.models import Organisation


@transaction.atomic
def add_organisation(*, name, short_name, website="", by, now) -> Organisation:
    """Add a body that takes part. By an administrator."""
    check(can_keep_organisations(by))
    organisation = Organisation.objects.create(
        code=free_code(short_name), name=name, short_name=short_name, website=website
    )
    record(verb="accounts.organisation_added", by=by, now=now, on=organisation)
    return organisation


@transaction.atomic
def invite(*, email, organisation, role, by, now) -> Invitation:
    """Send somebody a link by which they become a member. By who manages the organisation, into a role they may give.

    An earlier invitation to the same that nobody took up is replaced: its link is no longer good.
    """
    check(role in roles_to_give(by, organisation.pk))
    email = email.lower()
    if Membership.objects.filter(user__email=email, organisation=organisation, role=role, is_active=True).exists():
        raise ValidationError({"email": _("Somebody with this address has this role here already.")}, code="member")
    Invitation.objects.select_for_update().filter(email=email, organisation=organisation, role=role).filter(
        accepted_at=None, cancelled_at=None
    ).update(cancelled_at=now)
    token = token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        organisation=organisation,
        role=role,
        token_digest=digest_of(token),
        invited_at=now,
        invited_by=by,
        ends_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    queue(
        key=f"accounts:invitation:{invitation.pk}",
        channel=Channel.EMAIL,
        to=email,
        language=get_language() or settings.LANGUAGE_CODE,
        template="accounts/messages/invitation",
        context={
            "organisation": organisation,
            "role": invitation.get_role_display(),
            "link": absolute_url("account_invitation", token),
            "days": settings.INVITATION_DAYS,
        },
        now=now,
    )
    record(verb="accounts.invited", by=by, now=now, on=invitation, fields=["role"])
    return invitation


@transaction.atomic
def cancel_invitation(*, invitation, by, now) -> None:
    """Take an invitation back. By who manages the organisation; one that was accepted stays as it is."""
    check(can_manage_members(by, invitation.organisation_id))
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.cancelled_at:
        raise NotNow(_("This invitation was accepted or cancelled already."), code="over")
    invitation.cancelled_at = now
    invitation.save(update_fields=["cancelled_at"])
    record(verb="accounts.invitation_cancelled", by=by, now=now, on=invitation)


@transaction.atomic
def accept_invitation(*, token, name="", signed_in=None, language="it", now) -> User:
    """Become a member by the link of an invitation, which is then used up. By whoever holds it, in its time.

    The link came to the invited address: holding it proves that address, as a code would. It opens
    the account of that address, or a new one in `name`; whoever is `signed_in` as somebody else is refused.
    """
    invitation = (
        Invitation.objects.select_for_update()
        .filter(token_digest=digest_of(token))
        .select_related("organisation")
        .first()
    )
    if invitation is None or invitation.accepted_at or invitation.cancelled_at or invitation.ends_at <= now:
        raise NotNow(_("This invitation is no longer good. Ask who invited you for another one."), code="over")
    if signed_in is not None and signed_in.email != invitation.email:
        raise NotNow(_("This invitation is for another address: sign out first."), code="another")
    user = User.objects.select_for_update().filter(email=invitation.email).first()
    if user is None:
        user = User(email=invitation.email, name=name, language=language, date_joined=now)
        user.set_unusable_password()
        user.save()
    elif not user.is_active:
        raise NotNow(_("This account is closed. An administrator of the portal can open it again."), code="closed")
    membership, _created = Membership.objects.update_or_create(
        user=user,
        organisation=invitation.organisation,
        role=invitation.role,
        defaults={"is_active": True},
        create_defaults={"since": now},
    )
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(verb="accounts.invitation_accepted", by=user, now=now, on=invitation)
    record(verb="accounts.member_added", by=invitation.invited_by, now=now, on=membership, fields=["role"])
    return user


@transaction.atomic
def hand_over(*, user, organisation, to=None, by, now) -> None:
    """Let somebody leave an organisation: what is in their hands passes to a colleague, their roles here end.

    By who manages the organisation. Without `to` only somebody leaves who holds nothing. What cannot pass
    (an appointment at an hour at which the colleague has one) stops all of it, with the reason.
    """
    check(can_manage_members(by, organisation.pk))
    here = Membership.objects.filter(user=user, organisation=organisation, is_active=True)
    memberships = list(here.select_for_update().order_by("pk"))
    roles = {membership.role for membership in memberships}
    if not roles <= roles_to_give(by, organisation.pk):
        raise NotNow(_("Only an administrator of the portal ends the roles of the City's staff."), code="not_yours")
    if to is None and held_by(user, organisation):
        raise NotNow(_("Choose who takes on what is theirs."), code="to")
    if to is not None:
        if to.pk == user.pk or not like_roles(organisation, roles).filter(user=to).exists():
            raise NotNow(_("Choose a colleague of this organisation in a like role."), code="to")
        hooks.member_leaves.call(user=user, organisation=organisation, to=to, by=by, now=now)
    for membership in memberships:
        membership.is_active = False
        membership.save(update_fields=["is_active"])
        record(verb="accounts.member_left", by=by, now=now, on=membership, fields=["is_active"])
    _take_back_invitations(user, by, now, organisation=organisation)
    _end(user, now)


def _take_back_invitations(user, by, now, **where) -> None:
    """Nobody comes back by a link that they had sent beforehand: to themselves, or to another address of theirs."""
    live = Invitation.objects.select_for_update().filter(accepted_at=None, cancelled_at=None, **where)
    for invitation in live.filter(Q(invited_by=user) | Q(email=user.email)).order_by("pk"):
        invitation.cancelled_at = now
        invitation.save(update_fields=["cancelled_at"])
        record(verb="accounts.invitation_cancelled", by=by, now=now, on=invitation)


@transaction.atomic
def close_account(*, user, by, now) -> None:
    """Close somebody's account; every session of theirs ends at once. By an administrator, never their own."""
    check(can_close_account(by, user))
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = False
    user.save(update_fields=["is_active"])
    _take_back_invitations(user, by, now)
    _end(user, now)
    record(verb="accounts.account_closed", by=by, now=now, on=user, fields=["is_active"])


@transaction.atomic
def reopen_account(*, user, by, now) -> None:
    """Open a closed account again; earlier sessions stay ended. By an administrator."""
    check(can_close_account(by, user))
    user = User.objects.select_for_update().get(pk=user.pk)
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(verb="accounts.account_reopened", by=by, now=now, on=user, fields=["is_active"])


@transaction.atomic
def end_sessions(*, user, by, now) -> None:
    """End every session of an account. By its owner, or an administrator."""
    check(by.pk == user.pk or can_close_account(by, user))
    _end(user, now)
    record(verb="accounts.sessions_ended", by=by, now=now, on=user)


def _end(user, now) -> None:
    user.sessions_valid_from = now
    user.save(update_fields=["sessions_valid_from"])


@transaction.atomic
def reset_factors(*, user, by, now) -> None:
    """Take off all keys of somebody who lost them, having seen them in person; they set them up anew.

    By who may (permissions.can_reset_factor). Every session ends, and the owner is told.
    """
    check(can_reset_factor(by, user))
    Authenticator.objects.filter(user=user).delete()
    _end(user, now)
    tell_owner(user=user, name="factors_reset", context={}, now=now)
    record(verb="accounts.factors_reset", by=by, now=now, on=user)


@transaction.atomic
def note_factor(*, user, authenticator, added, now) -> None:
    """Note that `user` added or took off a second factor, and tell them: it may not have been them."""
    record(verb="accounts.factor_added" if added else "accounts.factor_removed", by=user, now=now, on=user)
    tell_owner(
        user=user,
        name="factor_changed",
        context={"added": added, "app": authenticator.type == Authenticator.Type.TOTP},
        now=now,
    )
