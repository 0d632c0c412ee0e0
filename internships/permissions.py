"""Who may do what with hosts and internships. When it is possible is the workflow's question."""

from accounts.enums import Role
from accounts.permissions import check, has_role, is_operator, is_partner_of
from intake.permissions import is_own
from internships.models import Internship, TrainingProject
from internships.queries.papers import owner_of


def can_see(user, internship) -> bool:
    """What Internship.objects.visible_to() asks the database, for a row with its person at hand."""
    return (
        has_role(user, Role.OPERATOR, Role.COORDINATOR)
        or internship.participation.person.user_id == user.pk
        or is_partner_of(user, internship.promoter_id)
    )


def can_see_board(user) -> bool:
    """Partner staff and administrators (their own organisation's), operators, coordinators, administrators."""
    return has_role(user, Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.OPERATOR, Role.COORDINATOR)


def check_can_see_board(user):
    check(can_see_board(user))


def can_open(user, referral) -> bool:
    """Staff and administrators of the organisation to which the person was referred."""
    return is_partner_of(user, referral.organisation_id)


def check_can_open(user, referral):
    check(can_open(user, referral))


def can_work_on(user, internship) -> bool:
    """Staff and administrators of the promoter: its states and its register. Operators and the intern read."""
    return is_partner_of(user, internship.promoter_id)


def check_can_work_on(user, internship):
    check(can_work_on(user, internship))


def can_judge(user, internship) -> bool:
    """Who reads what the rules say of it: the promoter's staff, operators and coordinators; not the intern."""
    return has_role(user, Role.OPERATOR, Role.COORDINATOR) or is_partner_of(user, internship.promoter_id)


def check_can_judge(user, internship):
    check(can_judge(user, internship))


def can_keep_hosts(user) -> bool:
    """Partner staff and administrators: hosts are common to all partners."""
    return has_role(user, Role.PARTNER_STAFF, Role.PARTNER_ADMIN)


def check_can_keep_hosts(user):
    check(can_keep_hosts(user))


def can_say_days(user, internship) -> bool:
    """The intern, of their own days."""
    person = internship.participation.person
    return person.user_id is not None and person.user_id == user.pk


def check_can_say_days(user, internship):
    check(can_say_days(user, internship))


def can_answer_days(link, internship) -> bool:
    """Whoever holds a link of the internship's host that nobody has taken back."""
    return link.revoked_at is None and link.tutor.host_id == internship.unit.host_id


def check_can_answer_days(link, internship):
    check(can_answer_days(link, internship))


def can_keep_links(user, tutor) -> bool:
    """Staff and administrators of a partner that has, or had, an intern with this tutor's host."""
    return any(
        is_partner_of(user, promoter)
        for promoter in set(
            Internship.objects.filter(unit__host=tutor.host_id).order_by().values_list("promoter", flat=True)
        )
    )


def check_can_keep_links(user, tutor):
    check(can_keep_links(user, tutor))


def can_report_accident(user, internship) -> bool:
    """The intern and the promoter's staff; the host says it by its link."""
    return internship.participation.person.user_id == user.pk or can_work_on(user, internship)


def check_can_report_accident(user, internship):
    check(can_report_accident(user, internship))


def can_raise_concern(user, internship) -> bool:
    """The intern."""
    return internship.participation.person.user_id == user.pk


def check_can_raise_concern(user, internship):
    check(can_raise_concern(user, internship))


def can_answer_concern(user, internship) -> bool:
    """The promoter's staff, and operators: each may be the one whom the intern trusts."""
    return can_work_on(user, internship) or is_operator(user)


def check_can_answer_concern(user, internship):
    check(can_answer_concern(user, internship))


def can_keep_templates(user) -> bool:
    """Coordinators (and administrators): the words of the papers are the same for all partners."""
    return has_role(user, Role.COORDINATOR)


def check_can_keep_templates(user):
    check(can_keep_templates(user))


def can_work_on_agreement(user, agreement) -> bool:
    """Staff and administrators of its promoter."""
    return is_partner_of(user, agreement.promoter_id)


def check_can_work_on_agreement(user, agreement):
    check(can_work_on_agreement(user, agreement))


def may_handle_papers(user, request) -> bool:
    """The promoter's staff, and the intern for their own training project (documents.hooks.may_handle)."""
    paper = owner_of(request) if user.is_authenticated else None
    if isinstance(paper, TrainingProject):
        internship = paper.internship
        return is_partner_of(user, internship.promoter_id) or internship.participation.person.user_id == user.pk
    return paper is not None and is_partner_of(user, paper.promoter_id)


def may_take_signed_paper(user, request) -> bool:
    """The promoter's staff, who compared it (documents.hooks.may_take_paper)."""
    paper = owner_of(request) if user.is_authenticated else None
    if isinstance(paper, TrainingProject):
        return is_partner_of(user, paper.internship.promoter_id)
    return paper is not None and is_partner_of(user, paper.promoter_id)


def can_write_offers(user, organisation_id) -> bool:
    """Staff and administrators of the partner that offers it."""
    return is_partner_of(user, organisation_id)


def check_can_write_offers(user, organisation_id):
    check(can_write_offers(user, organisation_id))


def can_see_offers(user) -> bool:
    """Partner staff and administrators (their own organisation's), coordinators."""
    return has_role(user, Role.PARTNER_STAFF, Role.PARTNER_ADMIN, Role.COORDINATOR)


def check_can_see_offers(user):
    check(can_see_offers(user))


def can_apply(user, participation) -> bool:
    """The young person, for themselves."""
    return is_own(user, participation)


def check_can_apply(user, participation):
    check(can_apply(user, participation))


def can_choose(user, application) -> bool:
    """Staff and administrators of the partner whose offer it is: read it, shortlist, invite, take, turn down."""
    return is_partner_of(user, application.offer.opportunity.organisation_id)


def check_can_choose(user, application):
    check(can_choose(user, application))
