"""Who somebody is, asked by every room. An administrator (superuser) passes as any member of staff."""

from django.core.exceptions import PermissionDenied

from accounts.enums import Role


def check(allowed: bool) -> None:
    """PermissionDenied (a 403 page) unless `allowed`."""
    if not allowed:
        raise PermissionDenied


def has_role(user, *roles: str) -> bool:
    """Holds one of `roles` in any organisation, or is an administrator."""
    return user.is_authenticated and (user.is_superuser or not user.roles.isdisjoint(roles))


def has_role_at(user, organisation_id: int, *roles: str) -> bool:
    """Holds one of `roles` in this organisation, or is an administrator."""
    return user.is_authenticated and (user.is_superuser or organisation_id in user.organisations_as(*roles))


def is_operator(user) -> bool:
    """Informagiovani operators."""
    return has_role(user, Role.OPERATOR)


def is_partner_of(user, organisation_id: int) -> bool:
    """Staff and administrators of this partner."""
    return has_role_at(user, organisation_id, Role.PARTNER_STAFF, Role.PARTNER_ADMIN)


def is_partner_admin_of(user, organisation_id: int) -> bool:
    """Administrators of this partner."""
    return has_role_at(user, organisation_id, Role.PARTNER_ADMIN)


def is_coordinator(user) -> bool:
    """Coordinators of the City."""
    return has_role(user, Role.COORDINATOR)


def is_evaluator(user) -> bool:
    """Evaluators of the monitoring partner: they read, they never write."""
    return has_role(user, Role.EVALUATOR)


def can_handle_requests(user) -> bool:
    """The privacy officer alone: who runs the machine does not decide about people's data."""
    return user.is_authenticated and Role.PRIVACY_OFFICER in user.roles


def can_see_special(user) -> bool:
    """Operators: what the law protects most stays with the case team, also from administrators and coordinators."""
    return user.is_authenticated and Role.OPERATOR in user.roles


def check_can_see_special(user):
    check(can_see_special(user))


def is_administrator(user) -> bool:
    """The City's IT."""
    return user.is_authenticated and user.is_superuser


# What a partner's administrator may give to others; the City's own roles come from the administrator.
PARTNER_ROLES = frozenset({Role.PARTNER_STAFF, Role.PARTNER_ADMIN})


def can_keep_organisations(user) -> bool:
    """Administrators: add organisations, close and reopen accounts."""
    return is_administrator(user)


def can_manage_members(user, organisation_id: int) -> bool:
    """Administrators everywhere, partner administrators in their own organisation."""
    return is_partner_admin_of(user, organisation_id)


def roles_to_give(user, organisation_id: int) -> frozenset[str]:
    """The roles that `user` may give in this organisation: administrators all, partner administrators a partner's."""
    if is_administrator(user):
        return frozenset(Role.values)
    return PARTNER_ROLES if can_manage_members(user, organisation_id) else frozenset()


def can_reset_factor(user, member) -> bool:
    """Administrators; a partner administrator for who works at their own organisation alone, in a partner's role.

    Never one's own: that is what a thief of the session would do.
    """
    if not user.is_authenticated or user.pk == member.pk:
        return False
    if is_administrator(user):
        return True
    return (
        not member.is_superuser
        and bool(member.places)
        and all(role in PARTNER_ROLES and is_partner_admin_of(user, place) for role, place in member.places)
    )


def can_close_account(user, member) -> bool:
    """Administrators, but not their own."""
    return is_administrator(user) and user.pk != member.pk


def is_staff_member(user) -> bool:
    """Any role in any organisation, or an administrator."""
    return has_role(user, *Role.values)


def can_register_person(user) -> bool:
    """Operators, and whoever signs up on their own (None)."""
    return user is None or is_operator(user)


def can_edit_person(user, person) -> bool:
    """The young person themselves, and operators."""
    return user.is_authenticated and (person.user_id == user.pk or is_operator(user))


def can_correct_addresses(user, person) -> bool:
    """Operators, while nobody signs in with them: of an account each changes their own, by a code."""
    return is_operator(user) and person.user_id is None


def can_correct_birth_date(user, person) -> bool:
    """Operators, of others: it decides who may take part. What SPID, CIE or a paper seen have proved stands."""
    return is_operator(user) and person.user_id != user.pk and person.fiscal_code_verified_at is None


def can_merge(user) -> bool:
    """Operators: they see the people."""
    return is_operator(user)


def can_make_claim_code(user) -> bool:
    """Operators: they have the person in front of them."""
    return is_operator(user)


def can_decide_on_own_data(user, person) -> bool:
    """The young person themselves alone: nobody agrees, shares or asks in their place with their account."""
    return user is not None and user.is_authenticated and person.user_id == user.pk


def menu_roles(user) -> frozenset[str]:
    """Whose menu somebody sees: an administrator every other member's, whoever has no role a young person's."""
    if user.is_superuser:
        others = frozenset(Role.values) - {Role.PRIVACY_OFFICER}
        return others | user.roles | {"administrator"}
    return user.roles or frozenset({"young_person"})


def can_add_representative(user, person) -> bool:
    """The young person for themselves, and operators: to name who signs, and to ask for signatures."""
    return can_edit_person(user, person)


def can_check_identity(user) -> bool:
    """Operators: they see the person, or the adult who signs for them, and the paper."""
    return user is not None and is_operator(user)


def can_mark_safe_contact(user) -> bool:
    """Operators."""
    return is_operator(user)


def may_send_signing_links(user, request) -> bool:
    """The young person whom a signature is about, and operators (documents.hooks.may_handle)."""
    return user.is_authenticated and (is_operator(user) or (user.person is not None and _was(user.person, request)))


def _was(person, request) -> bool:
    """Whether it was asked about this person, also under a record that was merged into theirs."""
    return person.pk == request.about or person.merged.filter(pk=request.about).exists()


def may_take_signed_paper(user, request) -> bool:
    """Operators: they compare the paper with the person or their document (documents.hooks.may_take_paper)."""
    return user.is_authenticated and is_operator(user)
