"""Reads about organisations and their members."""

from hashlib import sha256
from itertools import count

from django.db.models import Count, Q, QuerySet
from django.utils.text import slugify

from accounts import hooks
from accounts.enums import Role
from accounts.models import Invitation, Membership, User
from accounts.permissions import PARTNER_ROLES, is_administrator
from programme.models import Organisation

CODE_LENGTH = Organisation._meta.get_field("code").max_length


def free_code(short_name: str) -> str:
    """A code for an organisation that no other has."""
    stem = slugify(short_name)[: CODE_LENGTH - 4] or "ente"
    taken = set(Organisation.objects.filter(code__startswith=stem).values_list("code", flat=True))
    return next(code for n in count(1) if (code := stem if n == 1 else f"{stem}-{n}") not in taken)


def organisations_managed_by(user) -> QuerySet[Organisation]:
    """Those whose members `user` manages, with `members`: how many people work there."""
    found = Organisation.objects.annotate(
        members=Count("memberships__user", filter=Q(memberships__is_active=True), distinct=True)
    ).order_by("short_name", "pk")
    if is_administrator(user):
        return found
    return found.filter(pk__in=user.organisations_as(Role.PARTNER_ADMIN))


def members_table(organisation) -> list[dict]:
    """Who works there, by name, each with the roles in force there; closed accounts too, while a role is in force."""
    memberships = (
        Membership.objects.filter(organisation=organisation, is_active=True)
        .select_related("user")
        .order_by("user__name", "user__email", "user_id", "pk")
    )
    rows = {}
    for membership in memberships:
        row = rows.setdefault(membership.user_id, {"user": membership.user, "roles": [], "since": membership.since})
        row["roles"].append(membership.get_role_display())
        row["since"] = min(row["since"], membership.since)
    return list(rows.values())


def live_invitations(organisation) -> QuerySet[Invitation]:
    """Sent, and neither taken up nor taken back; the newest first."""
    return organisation.invitations.filter(accepted_at=None, cancelled_at=None).order_by("-invited_at", "pk")


def invitation_by(token: str, *, now) -> Invitation | None:
    """The invitation of a link, with `live` (can be accepted) and `known` (its address has an account); or None."""
    found = Invitation.objects.filter(token_digest=digest_of(token)).select_related("organisation").first()
    if found is not None:
        found.live = found.accepted_at is None and found.cancelled_at is None and found.ends_at > now
        found.known = User.objects.filter(email=found.email).exists()
    return found


def digest_of(token: str) -> str:
    """What is kept of a link's token. It is long and random: no salt is needed, and it is found by an index."""
    return sha256(token.encode()).hexdigest()


def like_roles(organisation, roles) -> QuerySet[Membership]:
    """The memberships in force there of those who can do what somebody in `roles` does."""
    wanted = set(roles)
    if wanted & PARTNER_ROLES:
        wanted |= PARTNER_ROLES
    return Membership.objects.filter(
        organisation=organisation, role__in=wanted, is_active=True, user__is_active=True
    ).order_by("user__name", "pk")


def colleagues_of(user, organisation) -> QuerySet[User]:
    """Who could take on what `user` holds at this organisation."""
    roles = [role for role, place in user.places if place == organisation.pk]
    takers = like_roles(organisation, roles).values("user")
    return User.objects.filter(pk__in=takers).exclude(pk=user.pk).order_by("name", "email", "pk")


def held_by(user, organisation) -> list[tuple[str, int]]:
    """(sentence, count) of what is in the hands of `user` there."""
    return [part for parts in hooks.member_holds.call(user=user, organisation=organisation) for part in parts]
