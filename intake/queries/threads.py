"""Messages between young people and whoever follows them."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone

from accounts.models import YoungPerson
from accounts.queries import everybody_who_is, ids_of
from foundation.communications.models import ThreadMessage
from foundation.communications.queries import thread_about, waiting_for_staff
from intake.models import Cover, Participation
from intake.queries.caseload import covered_now
from intake.queries.desk import NAME_AND_CONTACT
from migwork.prepared import Prepared

# How many threads stand on the operator's page: those that wait for an answer first.
THREADS = 50


def thread_of(participation) -> list[ThreadMessage]:
    """The latest messages with this person, oldest first."""
    return thread_about(ids_of(participation.person))


def threads_of(user, now) -> list[Participation]:
    """The people with whom `user` writes, or for whom they stand in: `unread` first, then the latest (`last_at`)."""
    covers = covered_now(user, now)
    found = _threads(**{f"operator{n}": pk for n, pk in enumerate([user.pk, *sorted(covers)])})
    for row in found:
        row.cover = covers.get(row.operator_id)
    return found


def _threads_of(**operators):
    person = OuterRef(OuterRef("person_id"))
    latest = ThreadMessage.objects.filter(thread__about__in=everybody_who_is(person)).order_by("-at")
    # Most have no thread: asked by two simple questions, PostgreSQL finds that out in a tenth of the time.
    own = ThreadMessage.objects.filter(thread__about=OuterRef("person_id"))
    of_merged = ThreadMessage.objects.filter(thread__about__in=YoungPerson.objects.filter(merged_into=person))
    return (
        Participation.objects.filter(Exists(own) | Exists(of_merged), operator__in=list(operators.values()))
        .annotate(last_at=Subquery(latest.values("at")[:1]), unread=Exists(waiting_for_staff(everybody_who_is(person))))
        .select_related("person")
        .only("state", "operator", *NAME_AND_CONTACT)
        .order_by("-unread", "-last_at", "pk")[:THREADS]
    )


_threads = Prepared(_threads_of)


def who_stands_in(participation, now) -> list[Cover]:
    """Who answers today in place of the operator who follows this person."""
    if participation.operator_id is None:
        return []
    rows = Cover.objects.in_force(timezone.localdate(now)).filter(away=participation.operator_id)
    return list(rows.select_related("stands_in"))
