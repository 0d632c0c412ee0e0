"""Who may do what with activities, enrolments and attendance. When it is possible: eligibility.py and workflow.py."""

from accounts import permissions as people
from accounts.enums import Role
from accounts.permissions import check


def sees_all_partners(user) -> bool:
    """Coordinators and administrators: the activities of every organisation in one list."""
    return people.is_coordinator(user)


def can_edit_activity(user, opportunity) -> bool:
    """Staff and administrators of the partner that runs it; coordinators."""
    return people.is_partner_of(user, opportunity.organisation_id) or people.is_coordinator(user)


def can_publish_activity(user, opportunity) -> bool:
    """Administrators of the partner that runs it; coordinators. Not the partner's other staff (ADR on publishing)."""
    return people.is_partner_admin_of(user, opportunity.organisation_id) or people.is_coordinator(user)


def can_change_state(user, opportunity, verb) -> bool:
    """Submit and expire: who may edit. Publish and return: who may publish."""
    if verb in ("publish", "return"):
        return can_publish_activity(user, opportunity)
    return can_edit_activity(user, opportunity)


def can_run(user, opportunity) -> bool:
    """Plan runs, record attendance, complete: staff, administrators and coordinators of the partner that runs it."""
    return people.has_role_at(
        user, opportunity.organisation_id, Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR
    )


def can_enrol(user, participation) -> bool:
    """The young person for themselves; operators for anybody."""
    return participation.person.user_id == user.pk or people.is_operator(user)


def can_withdraw(user, enrolment) -> bool:
    """The young person; operators; staff, administrators and coordinators of the partner that runs the activity."""
    return can_enrol(user, enrolment.participation) or can_run(user, enrolment.run.opportunity)


def can_see_enrolment(user, enrolment) -> bool:
    """Who may withdraw it, and coordinators."""
    return can_withdraw(user, enrolment) or people.is_coordinator(user)


def check_can_edit_activity(user, opportunity):
    check(can_edit_activity(user, opportunity))


def check_can_change_state(user, opportunity, verb):
    check(can_change_state(user, opportunity, verb))


def check_can_run(user, opportunity):
    check(can_run(user, opportunity))


def check_can_enrol(user, participation):
    check(can_enrol(user, participation))


def check_can_withdraw(user, enrolment):
    check(can_withdraw(user, enrolment))
