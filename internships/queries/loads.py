"""How many interns each tutor follows, of how many the rules allow."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from accounts.enums import Role
from accounts.models import User
from internships import rules
from internships.models import HostTutor, Internship, sees_all
from internships.queries.members import members_of
from internships.queries.needs import BEFORE
from internships.queries.rules import OF_A_COURSE, OUTSIDE_SCHOOL
from internships.rules.values import Rule
from internships.workflow import AT_WORK, OPEN_STATES

PAGE = 50


@dataclass
class Load:
    """A tutor: who is at work with them now, who is to begin, and the rule that limits both together."""

    pk: object
    name: str
    where: str
    now: int
    coming: int
    rule: Rule | None
    # At a host: interns of a course of study, who have a limit of their own.
    of_course: bool = False

    @property
    def most(self) -> int | None:
        """None where no rule limits it."""
        return int(self.rule.value) if self.rule else None

    @property
    def free(self) -> int | None:
        return None if self.most is None else max(0, self.most - self.now - self.coming)

    @property
    def is_over(self) -> bool:
        return self.most is not None and self.now + self.coming > self.most


def our_tutors(user, today: date, page: int) -> tuple[list[Load], bool]:
    """Those who may follow interns for one's own organisations, or still do; and whether more come. Three queries."""
    interns = Internship.objects.of_staff(user).filter(state__in=OPEN_STATES)
    if sees_all(user):
        promoters = list(interns.order_by().values_list("promoter", flat=True).distinct())
    else:
        promoters = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
    members = members_of(promoters)
    who = Q(pk__in=members.values("user")) | Q(pk__in=interns.values("promoter_tutor"))
    rows = User.objects.filter(who).annotate(
        at_work=Count("internships_followed", filter=Q(internships_followed__state__in=AT_WORK)),
        coming=Count("internships_followed", filter=Q(internships_followed__state__in=BEFORE)),
    )
    rows, more = _page(rows.order_by("name", "pk"), page)
    rule = _limit(rules.values(today), "tutor.promoter")
    where = dict(members.filter(user__in=rows).values_list("user", "organisation__short_name"))
    return [Load(row.pk, row.name, where.get(row.pk, ""), row.at_work, row.coming, rule) for row in rows], more


def host_tutors(user, today: date, page: int) -> tuple[list[Load], bool]:
    """Those of the hosts where one has interns, with the interns of all promoters: the limit is theirs. Two queries.

    Who follows interns of a course of study, too, has a line for those: their limit is another.
    """
    values = rules.values(today)
    interns = Internship.objects.of_staff(user).filter(state__in=OPEN_STATES)
    found = HostTutor.objects.filter(host__in=interns.values("unit__host")).select_related("host")
    found = found.annotate(
        **{
            f"{name}_{when}": Count("internships", filter=Q(internships__kind__in=kinds, internships__state__in=states))
            for name, kinds in (("outside", OUTSIDE_SCHOOL), ("course", OF_A_COURSE))
            for when, states in (("now", AT_WORK), ("coming", BEFORE))
        }
    )
    rows, more = _page(found.order_by("host__sort_key", "name", "pk"), page)
    outside, course = _limit(values, "tutor.host"), _limit(values, "tutor.host_curricular")
    loads = []
    for row in rows:
        has_course = row.course_now or row.course_coming
        if not has_course or row.outside_now or row.outside_coming:
            loads.append(Load(row.pk, row.name, row.host, row.outside_now, row.outside_coming, outside))
        if has_course:
            loads.append(Load(row.pk, row.name, row.host, row.course_now, row.course_coming, course, of_course=True))
    return loads, more


def _limit(values, code) -> Rule | None:
    return values.rule(code) if values.holds(code) else None


def _page(rows, page) -> tuple[list, bool]:
    found = list(rows[PAGE * (page - 1) : PAGE * page + 1])
    return found[:PAGE], len(found) > PAGE
