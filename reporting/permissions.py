"""Who may see figures and money, and who may write. Evaluators read everything and write nothing."""

from accounts.enums import Role
from accounts.permissions import check, has_role, is_coordinator, is_evaluator, is_partner_of

FIGURE_READERS = {Role.COORDINATOR, Role.EVALUATOR}
MONEY_READERS = {Role.COORDINATOR, Role.EVALUATOR, Role.PARTNER_STAFF, Role.PARTNER_ADMIN}
MONEY_WRITERS = {Role.COORDINATOR, Role.PARTNER_STAFF, Role.PARTNER_ADMIN}


def can_read_figures(user) -> bool:
    """Dashboard, rows of a figure, reports: coordinators and evaluators."""
    return has_role(user, *FIGURE_READERS)


def can_see_names(user) -> bool:
    """Who stands behind a figure by name: coordinators. Evaluators see pseudonyms."""
    return is_coordinator(user)


def can_refresh_figures(user) -> bool:
    """Coordinators."""
    return is_coordinator(user)


def can_read_money(user) -> bool:
    """Budget and expenses: coordinators and evaluators; partners their own (see `organisations_of`)."""
    return has_role(user, *MONEY_READERS)


def organisations_of(user) -> list[int] | None:
    """Whose lines and expenses this user reads: None is everybody's, else the ids of their own partners."""
    if is_coordinator(user) or is_evaluator(user):
        return None
    return user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)


def writable_organisations(user) -> list[int] | None:
    """For whom this user may enter expenses: None is everybody, else the ids of their own partners."""
    return None if is_coordinator(user) else user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)


def may_enter_expenses(user) -> bool:
    """Whether the page for entering expenses is theirs: coordinators, partners' staff."""
    return has_role(user, *MONEY_WRITERS)


def can_write_expense(user, organisation_id: int) -> bool:
    """Enter an expense or note its payment: coordinators for all, a partner's staff for their own."""
    return is_coordinator(user) or is_partner_of(user, organisation_id)


def check_can_write_expense(user, organisation_id: int) -> None:
    check(can_write_expense(user, organisation_id))


def can_ask_report(user) -> bool:
    """Ask for a report, or for one more try: coordinators."""
    return is_coordinator(user)


def check_can_ask_report(user) -> None:
    check(can_ask_report(user))


def check_can_refresh_figures(user) -> None:
    check(can_refresh_figures(user))
