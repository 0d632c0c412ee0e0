"""The list of a run's people, with what a partner needs to run it and nothing more."""

from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from pathways.enums import EnrolmentState
from pathways.queries.workspace import people_of


@dataclass(frozen=True)
class PeopleList:
    """Columns and rows of the file, and whose names stand in it."""

    columns: list[str]
    rows: list[list[str]]
    persons: list[UUID]


def people_list(run) -> PeopleList:
    """Who holds a place, by name, then who waits, in order: as on the run's page, no address, no birth date.

    Whoever asked that their data be not used for now is left out.
    """
    takers, waiting = people_of(run)
    listed = [taker for taker in (*takers, *waiting) if not taker.limited]
    persons = dict(run.enrolments.values_list("pk", "participation__person"))
    columns = [_("Name"), _("State"), _("Enrolled on"), _("Sessions attended"), _("Hours"), _("To be seen to")]
    return PeopleList(columns, [_row(taker) for taker in listed], [persons[taker.pk] for taker in listed])


def _row(taker) -> list[str]:
    return [
        taker.name,
        str(EnrolmentState(taker.state).label),
        date_format(timezone.localtime(taker.asked_at), "d/m/Y"),
        str(taker.there),
        number_format(taker.hours.normalize() if taker.hours else 0),
        _("A signature is missing") if taker.unsigned else "",
    ]
