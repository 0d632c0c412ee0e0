"""What of somebody's own data tells that they need a look soon: as conditions for queries of later rooms."""

from datetime import date

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from accounts.enums import Education, Employment, PaperType
from accounts.models import IdentityPaper
from accounts.models.people import OF_AGE

# Below a qualification the right and duty to training goes on until 18.
NO_QUALIFICATION = (Education.NONE, Education.LOWER_SECONDARY, Education.COMPULSORY)
NOT_ENROLLED = (Employment.EMPLOYED, Employment.UNEMPLOYED, Employment.INACTIVE)
PERMITS = (PaperType.PERMIT, PaperType.PERMIT_RECEIPT)
NO_END = date(9999, 12, 31)


def of_age_if_born_by(day: date) -> date:
    """The latest birth date of who is of age on `day`. Born on 29 February: of age on 1 March of other years."""
    try:
        return day.replace(year=day.year - OF_AGE)
    except ValueError:
        return date(day.year - OF_AGE, 2, 28)


def of_age_on(birth_date: date) -> date:
    """The day from which somebody is of age: who was born on 29 February on 1 March, where there is no such day."""
    try:
        return birth_date.replace(year=birth_date.year + OF_AGE)
    except ValueError:
        return date(birth_date.year + OF_AGE, 3, 1)


def comes_of_age(person: str, *, after: date, by: date) -> Q:
    """Of age by one day and not on another, both as given by of_age_if_born_by(); `person` is the path to them."""
    return Q(**{f"{person}__birth_date__gt": after, f"{person}__birth_date__lte": by})


def may_leave_school(person: str, *, minors_after: date) -> Q:
    """Under 18, no qualification, known not to be enrolled anywhere. What nobody has said raises no alarm."""
    return Q(
        **{
            f"{person}__birth_date__gt": minors_after,
            f"{person}__education__in": NO_QUALIFICATION,
            f"{person}__employment__in": NOT_ENROLLED,
        }
    )


def permit_ends(person) -> QuerySet:
    """The day on which the last permit or receipt of a person (an OuterRef) ends, NO_END for one without an end."""
    papers = IdentityPaper.objects.live().filter(person=person, kind__in=PERMITS)
    return papers.annotate(ends=Coalesce("expires_on", NO_END)).order_by("-ends").values("ends")[:1]
