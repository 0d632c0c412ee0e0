"""Who may do what with activities, enrolments and attendance. When it is possible: eligibility.py and workflow.py."""

from accounts import permissions as people
from accounts.enums import Role
from accounts.permissions import check
from intake.permissions import is_own
from pathways.enums import PathKind


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


def can_keep_synonyms(user) -> bool:
    """Coordinators and administrators: which words mean the same to the search."""
    return people.is_coordinator(user)


def can_publish_module_path(user, path) -> bool:
    """As of activities: administrators of the partner that offers it; coordinators."""
    return people.is_partner_admin_of(user, path.organisation_id) or people.is_coordinator(user)


def can_run(user, opportunity) -> bool:
    """Plan runs, record attendance, complete: staff, administrators and coordinators of the partner that runs it."""
    return can_plan_for(user, opportunity.organisation_id)


def can_plan_for(user, organisation_id) -> bool:
    """Name trainers and rooms of an organisation: its staff, administrators and coordinators."""
    return people.has_role_at(user, organisation_id, Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR)


def can_enrol(user, participation) -> bool:
    """The young person for themselves; operators for anybody."""
    return participation.person.user_id == user.pk or people.is_operator(user)


def can_share(user, person) -> bool:
    """The young person themselves: have a link of their own to an activity."""
    return person.user_id == user.pk


def check_can_share(user, person):
    check(can_share(user, person))


def can_withdraw(user, enrolment) -> bool:
    """The young person; operators; staff, administrators and coordinators of the partner that runs the activity."""
    return can_enrol(user, enrolment.participation) or can_run(user, enrolment.run.opportunity)


def can_see_enrolment(user, enrolment) -> bool:
    """Who may withdraw it, and coordinators."""
    return can_withdraw(user, enrolment) or people.is_coordinator(user)


def is_that_person(user, person) -> bool:
    """The young person themselves: what is used for their suggestions, which searches they keep."""
    return person.user_id is not None and person.user_id == user.pk


def check_is_that_person(user, person):
    check(is_that_person(user, person))


def can_assess(user, enrolment) -> bool:
    """The young person alone: nobody says for them how they see themselves, or how it was."""
    return is_own(user, enrolment.participation)


def check_can_assess(user, enrolment):
    check(can_assess(user, enrolment))


def check_can_edit_activity(user, opportunity):
    check(can_edit_activity(user, opportunity))


def check_can_change_state(user, opportunity, verb):
    check(can_change_state(user, opportunity, verb))


def check_can_keep_synonyms(user):
    check(can_keep_synonyms(user))


def check_can_edit_module_path(user, path):
    """Who may edit the activities of the partner that offers it."""
    check(can_edit_activity(user, path))


def check_can_publish_module_path(user, path):
    check(can_publish_module_path(user, path))


def check_can_run(user, opportunity):
    check(can_run(user, opportunity))


def check_can_plan_for(user, organisation_id):
    check(can_plan_for(user, organisation_id))


def check_can_enrol(user, participation):
    check(can_enrol(user, participation))


def check_can_withdraw(user, enrolment):
    check(can_withdraw(user, enrolment))


def can_begin_path(user, participation, kind) -> bool:
    """Operators, with the young person beside them; a business idea the young person alone, too."""
    return people.is_operator(user) or (kind == PathKind.VENTURE and is_own(user, participation))


def check_can_begin_path(user, participation, kind):
    check(can_begin_path(user, participation, kind))


def accompanies(user, path) -> bool:
    """Whoever is named as companion, while they work where they did."""
    return path.companion_id == user.pk and people.has_role_at(
        user, path.organisation_id, Role.OPERATOR, Role.PARTNER_STAFF, Role.PARTNER_ADMIN
    )


def can_accompany(user, path) -> bool:
    """Operators, who stand in for each other; the mentor of this path: choices, talks, how it ends."""
    return people.is_operator(user) or accompanies(user, path)


def check_can_accompany(user, path):
    check(can_accompany(user, path))


def can_walk(user, path) -> bool:
    """The young person whose path it is, and whoever accompanies: tick off, write on one's own path."""
    return is_own(user, path.participation) or can_accompany(user, path)


def check_can_walk(user, path):
    check(can_walk(user, path))


def can_hand_path(user, path) -> bool:
    """Operators: say who accompanies."""
    return people.is_operator(user)


def check_can_hand_path(user, path):
    check(can_hand_path(user, path))


def can_drop_step(user, step) -> bool:
    """Whoever accompanies; the young person what they wrote themselves."""
    own = is_own(user, step.path.participation) and step.added_by_id == user.pk
    return own or can_accompany(user, step.path)


def check_can_drop_step(user, step):
    check(can_drop_step(user, step))
