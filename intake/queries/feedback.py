"""Who may still say how a talk was, and what all said together."""

from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from intake.enums import AppointmentState, Face
from intake.models import Appointment, TalkFeedback
from migwork.prepared import Prepared
from migwork.signed import SignedKey
from migwork.small_numbers import LEAST, hide_small

# How long after a talk one is asked.
ASKED_WITHIN = timedelta(days=14)
MONTHS = 12
SENTENCES = 60
_key = SignedKey("intake.feedback")


def token_of(appointment) -> str:
    """What stands in the address of a message: the appointment, signed by the portal."""
    return _key.token(appointment.pk)


def talk_of_token(token: str) -> Appointment | None:
    """The talk of such a link; None for one that the portal did not write, and of a person who is gone."""
    there = Appointment.objects.filter(participation__person__anonymised_at=None)
    return _with_all(there.filter(pk=_key.key(token))).first()


def talk_of(person, pk) -> Appointment | None:
    """A talk of one's own."""
    return _with_all(Appointment.objects.filter(participation__person=person, pk=pk)).first()


def _with_all(rows):
    return rows.filter(state=AppointmentState.SEEN).select_related("participation__person", "operator", "feedback")


def talks_to_rate(participation, since) -> QuerySet[Appointment]:
    """The talks that took place after `since` and of which nothing was said yet, for a condition in another query."""
    return Appointment.objects.filter(
        participation=participation, state=AppointmentState.SEEN, ends_at__gt=since, feedback=None
    )


def talk_to_rate(participation, now) -> Appointment | None:
    """The last of them of which one is still asked."""
    if not participation.may_have("talk_to_rate"):
        return None
    return _to_rate.first(participation=participation.pk, since=now - ASKED_WITHIN)


_to_rate = Prepared(
    lambda participation, since: (
        talks_to_rate(participation, since)
        .select_related("operator")
        .only("starts_at", "operator__name", "operator__email", "operator__phone")
        .order_by("-starts_at", "pk")[:1]
    )
)


class Month(NamedTuple):
    """A month of answers: how many, and of each face its number or None where it is hidden."""

    month: date | None
    total: int
    faces: list[int | None]

    @property
    def is_hidden(self) -> bool:
        return self.total < LEAST

    @property
    def labelled(self) -> list[tuple]:
        """Each face's word with its number."""
        return list(zip(Face.labels, self.faces, strict=True))


def said_by_month() -> tuple[list[Month], Month | None]:
    """The last months, newest first, with small numbers hidden; and all of them together.

    None for the latter while it would give away what one single month hides.
    """
    rows = (
        TalkFeedback.objects.annotate(month=TruncMonth("appointment__starts_at"))
        .order_by("-month")
        .values_list("month", "face")
        .annotate(Count("pk"))
    )
    found: dict[date, dict[str, int]] = {}
    for moment, face, number in rows:
        found.setdefault(timezone.localdate(moment), {})[face] = number
    counted = {month: [counts.get(face, 0) for face in Face] for month, counts in list(found.items())[:MONTHS]}
    months = [Month(month, sum(numbers), hide_small(numbers)) for month, numbers in counted.items()]
    hidden = [sum(faces[n] is None for faces in (month.faces for month in months)) for n in range(len(Face))]
    if len(months) < 2 or 1 in hidden:
        return months, None
    sums = [sum(numbers) for numbers in zip(*counted.values(), strict=True)]
    return months, Month(None, sum(sums), hide_small(sums))


def sentences(months: list[Month]) -> list[str]:
    """What people added, without who, whom and when, from months in which enough of them answered."""
    told = {month.month for month in months if not month.is_hidden}
    rows = (
        TalkFeedback.objects.exclude(sentence="")
        .annotate(month=TruncMonth("appointment__starts_at"))
        # By its key, which is by chance: the order tells nothing of the day.
        .order_by("pk")
        .only("sentence")
    )
    return [row.sentence for row in rows if timezone.localdate(row.month) in told][:SENTENCES]
