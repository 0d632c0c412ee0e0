"""Who may do what at the desk. When it is possible is the workflow's question."""

from accounts.enums import Role
from accounts.permissions import check, is_operator, is_partner_of
from intake.enums import ActionKind
from intake.models import SafeguardingRecord
from intake.queries.caseload import follows


def can_receive(user) -> bool:
    """Operators: see the reception list, create and receive people."""
    return is_operator(user)


def check_can_receive(user):
    check(can_receive(user))


def can_run_queue(user, organisation_id) -> bool:
    """Operators of that desk, and administrators who stand in."""
    return user.is_superuser or organisation_id in user.organisations_as(Role.OPERATOR)


def check_can_run_queue(user, organisation_id):
    check(can_run_queue(user, organisation_id))


def can_open_participation(user, person) -> bool:
    """The person themselves (also while their account is being made: no user yet), operators."""
    return user is None or person.user_id == user.pk or is_operator(user)


def check_can_open_participation(user, person):
    check(can_open_participation(user, person))


def can_work_on(user, participation) -> bool:
    """Operators: appointments, talks, plan and referrals of anybody; colleagues stand in for each other."""
    return is_operator(user)


def check_can_work_on(user, participation):
    check(can_work_on(user, participation))


def is_own(user, participation) -> bool:
    """The young person whose way it is."""
    return participation.person.user_id is not None and participation.person.user_id == user.pk


def can_write_message(user, participation, now) -> bool:
    """Read and write messages: the young person; the operator who follows them or stands in today, nobody else."""
    if is_own(user, participation):
        return True
    return Role.OPERATOR in user.roles and follows(user, participation, now)


def check_can_write_message(user, participation, now):
    check(can_write_message(user, participation, now))


def can_be_named(user) -> bool:
    """Operators and coordinators who work here: they may see to a disclosed abuse, or read of it."""
    return user.works_as(Role.OPERATOR, Role.COORDINATOR)


def can_open_safeguarding(user) -> bool:
    """Whoever reads the talks: operators only."""
    return can_read_talks(user)


def check_can_open_safeguarding(user):
    check(can_open_safeguarding(user))


def can_read_safeguarding(user, record) -> bool:
    """Its owner and those whom the owner named, as long as they work here: no administrator, no other coordinator."""
    return SafeguardingRecord.objects.visible_to(user).filter(pk=record.pk).exists()


def check_can_read_safeguarding(user, record):
    check(can_read_safeguarding(user, record))


def can_lead_safeguarding(user, record) -> bool:
    """Its owner alone: names readers, moves the deadline, gives it on, closes it."""
    return bool(user.roles) and record.owner_id == user.pk


def check_can_lead_safeguarding(user, record):
    check(can_lead_safeguarding(user, record))


def can_hand_over(user, participation, now) -> bool:
    """Who follows this person or stands in today; any operator for whom nobody follows; administrators."""
    if user.is_superuser:
        return True
    return Role.OPERATOR in user.roles and (participation.operator_id is None or follows(user, participation, now))


def check_can_hand_over(user, participation, now):
    check(can_hand_over(user, participation, now))


def can_arrange_cover(user, away, stands_in) -> bool:
    """Who is away, or (they may be ill) the colleague of the same desk who stands in for them."""
    shared = set(away.organisations_as(Role.OPERATOR)) & set(stands_in.organisations_as(Role.OPERATOR))
    return user.pk in (away.pk, stands_in.pk) and bool(shared) and stands_in.is_active


def check_can_arrange_cover(user, away, stands_in):
    check(can_arrange_cover(user, away, stands_in))


def can_end_cover(user, cover) -> bool:
    """Either of the two."""
    return user.pk in (cover.away_id, cover.stands_in_id)


def check_can_end_cover(user, cover):
    check(can_end_cover(user, cover))


def can_book(user, participation) -> bool:
    """The young person whose way it is: book a published hour, move and cancel their own appointments."""
    return user is not None and participation.person.user_id == user.pk


def check_can_book(user, participation):
    check(can_book(user, participation))


def can_publish(user, organisation, operator) -> bool:
    """Operators who work there: hours of their own, or (`operator` None) of the desk."""
    return (
        Role.OPERATOR in user.roles
        and organisation.pk in user.organisations_as(Role.OPERATOR)
        and operator
        in (
            None,
            user,
        )
    )


def check_can_publish(user, organisation, operator):
    check(can_publish(user, organisation, operator))


def can_change_hours(user, availability) -> bool:
    """The operator whose hours they are; for those of the desk any operator who works there; administrators."""
    return user.is_superuser or can_publish(user, availability.organisation, availability.operator)


def check_can_change_hours(user, availability):
    check(can_change_hours(user, availability))


def can_have_calendar(user) -> bool:
    """Operators: their own agenda elsewhere. Administrators have none."""
    return user.works_as(Role.OPERATOR)


def check_can_have_calendar(user):
    check(can_have_calendar(user))


def can_read_talks(user) -> bool:
    """Operators only: what people confide stays with the case team, also from coordinators and administrators."""
    return Role.OPERATOR in user.roles


def check_can_read_talks(user):
    check(can_read_talks(user))


def can_edit_questionnaires(user) -> bool:
    """Coordinators, and administrators who stand in: what the portal asks in its interviews."""
    return user.is_superuser or Role.COORDINATOR in user.roles


def may_edit_questionnaires(user, key) -> bool:
    """Coordinators, and administrators who stand in: what the portal asks, whichever form it is."""
    return user.is_superuser or Role.COORDINATOR in user.roles


def can_write_note(user) -> bool:
    """Whoever reads the talks: operators only."""
    return can_read_talks(user)


def check_can_write_note(user):
    check(can_write_note(user))


def can_correct_note(user, note) -> bool:
    """Who wrote it, while still an operator."""
    return can_write_note(user) and note.by_id == user.pk


def check_can_correct_note(user, note):
    check(can_correct_note(user, note))


def can_read_file(user) -> bool:
    """Operators; coordinators and administrators without the talks. Partners read the referral instead."""
    return user.is_superuser or bool(user.roles & {Role.OPERATOR, Role.COORDINATOR})


def check_can_read_file(user):
    check(can_read_file(user))


def can_agree_plan(user, plan) -> bool:
    """The young person whose plan it is; for one without an account, the operator who reads it with them."""
    owner = plan.participation.person.user_id
    return owner == user.pk or (owner is None and is_operator(user))


def check_can_agree_plan(user, plan):
    check(can_agree_plan(user, plan))


def can_write_project(user, plan) -> bool:
    """The young person whose plan it is, in their own words; operators, who write with them."""
    return can_add_own_step(user, plan) or is_operator(user)


def check_can_write_project(user, plan):
    check(can_write_project(user, plan))


def can_add_own_step(user, plan) -> bool:
    """The young person whose plan it is."""
    return plan.participation.person.user_id is not None and plan.participation.person.user_id == user.pk


def check_can_add_own_step(user, plan):
    check(can_add_own_step(user, plan))


def can_drop_own_step(user, action) -> bool:
    """The young person who added it: what was agreed is changed together."""
    return action.is_own and can_add_own_step(user, action.goal.plan)


def check_can_drop_own_step(user, action):
    check(can_drop_own_step(user, action))


def can_add_evidence(user, participation) -> bool:
    """The young person whose way it is, and operators: put files beside steps, and read those that are there."""
    owner = participation.person.user_id
    return (owner is not None and owner == user.pk) or can_read_talks(user)


def check_can_add_evidence(user, participation):
    check(can_add_evidence(user, participation))


def can_remove_evidence(user, evidence) -> bool:
    """Who added it."""
    return evidence.added_by_id == user.pk


def check_can_remove_evidence(user, evidence):
    check(can_remove_evidence(user, evidence))


def can_tick(user, action) -> bool:
    """The young person and operators, for errands and talks with others; operators, for a talk with us.

    Courses and internships are marked by who holds them.
    """
    if action.kind not in (ActionKind.ERRAND, ActionKind.APPOINTMENT):
        return False
    own = action.goal.plan.participation.person.user_id == user.pk and not action.talk
    return own or is_operator(user)


def check_can_tick(user, action):
    check(can_tick(user, action))


def can_answer_referral(user, referral) -> bool:
    """Staff and administrators of the organisation it was sent to."""
    return is_partner_of(user, referral.organisation_id)


def check_can_answer_referral(user, referral):
    check(can_answer_referral(user, referral))


def can_show_oneself(user, whose) -> bool:
    """An operator, of themselves: nobody else decides about somebody's face."""
    return Role.OPERATOR in user.roles and user == whose


def check_can_show_oneself(user, whose):
    check(can_show_oneself(user, whose))


def can_rate(user, participation) -> bool:
    """The young person whose talk it was: nobody says for them how it was."""
    return participation.person.user_id == user.pk


def check_can_rate(user, participation):
    check(can_rate(user, participation))


def can_read_feedback(user) -> bool:
    """Coordinators and administrators, as counts; nobody reads who said what."""
    return user.is_superuser or Role.COORDINATOR in user.roles


def can_meet(user, organisation_id) -> bool:
    """Operators of that desk: note whom they meet on the street, and read what was said there."""
    return organisation_id in user.organisations_as(Role.OPERATOR)


def check_can_meet(user, organisation_id):
    check(can_meet(user, organisation_id))


def can_lead_group(user, organisation_id) -> bool:
    """Operators of that desk, and administrators who stand in: lists of classes, and who was there."""
    return user.is_superuser or organisation_id in user.organisations_as(Role.OPERATOR)


def check_can_lead_group(user, organisation_id):
    check(can_lead_group(user, organisation_id))


def can_write_cv(user, person) -> bool:
    """The young person whose CV it is; operators, who write it with them."""
    return (person.user_id is not None and person.user_id == user.pk) or Role.OPERATOR in user.roles


def check_can_write_cv(user, person):
    check(can_write_cv(user, person))


def can_write_skills(user, person) -> bool:
    """Operators, with the young person beside them."""
    return Role.OPERATOR in user.roles


def check_can_write_skills(user, person):
    check(can_write_skills(user, person))
