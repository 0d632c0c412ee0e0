"""Who is told when an internship changes, when something is due, and when something went wrong."""

from datetime import date, datetime

from accounts.enums import Role
from accounts.models import User
from accounts.queries import reach
from foundation.communications.actions import queue
from foundation.communications.enums import Channel
from internships.changes import words_of
from internships.enums import AmendmentKind
from migwork.links import absolute_url

# What a host is told of: days, hours and places, never a reason.
FOR_HOSTS = (
    AmendmentKind.EXTENSION,
    AmendmentKind.SUSPENSION,
    AmendmentKind.RETURN,
    AmendmentKind.HOURS,
    AmendmentKind.SITE,
    AmendmentKind.PROMOTER_TUTOR,
)


def amended(internship, change, *, now: datetime) -> None:
    """To the intern, and to the host's tutor without the reason."""
    person = internship.participation.person
    context = {
        "person": person,
        "internship": internship,
        "host": internship.unit.host,
        "tutor": internship.promoter_tutor,
        "what": lambda: words_of(change.kind, change.valid_from, change.before, change.after),
        "url": absolute_url("internships:internship-detail", internship.pk),
    }
    if way := reach(person):
        channel, to = way
        queue(
            key=f"amendment:{change.pk}",
            channel=channel,
            to=to,
            language=person.language,
            template="internships/messages/amended",
            context=context,
            now=now,
            about=person,
            cause=f"internship:{internship.pk}",
            topic="internships",
        )
    if change.kind in FOR_HOSTS and internship.host_tutor.email:
        queue(
            key=f"amendment:{change.pk}:host",
            channel=Channel.EMAIL,
            to=internship.host_tutor.email,
            language="it",
            template="internships/messages/amended_host",
            context=context,
            now=now,
            cause=f"internship:{internship.pk}",
        )


def ended_early(internship, *, now: datetime) -> None:
    """To the intern and to both tutors; the host's without the reason."""
    person, tutor = internship.participation.person, internship.promoter_tutor
    context = {
        "person": person,
        "internship": internship,
        "host": internship.unit.host,
        "tutor": tutor,
        "url": absolute_url("internships:internship-detail", internship.pk),
    }
    key, cause = f"ended-early:{internship.pk}", f"internship:{internship.pk}"
    if way := reach(person):
        channel, to = way
        queue(
            key=key,
            channel=channel,
            to=to,
            language=person.language,
            template="internships/messages/ended_early",
            context=context,
            now=now,
            about=person,
            cause=cause,
            topic="internships",
        )
    if internship.host_tutor.email:
        queue(
            key=f"{key}:host",
            channel=Channel.EMAIL,
            to=internship.host_tutor.email,
            language="it",
            template="internships/messages/ended_early_host",
            context=context,
            now=now,
            cause=cause,
        )
    _tell_staff(tutor, key=f"{key}:tutor", template="ended_early_tutor", context=context, cause=cause, now=now)


def todo_due(todo, step: str, readers, *, now: datetime) -> int:
    """To these members of staff, once for each step and day, without a word about whom; how many were written."""
    written = [
        _tell_staff(
            user,
            key=f"{todo_key(todo, step)}:{user.pk}",
            template="todo_due" if step == "soon" else "todo_late",
            context={"todo": todo, "url": absolute_url("internships:internship-detail", todo.internship_id)},
            cause=f"todo:{todo.pk}",
            now=now,
        )
        for user in readers
    ]
    return sum(message is not None for message in written)


def todo_key(todo, step: str) -> str:
    return f"todo:{todo.pk}:{step}:{todo.due_on}"


def accident_reported(accident, *, due_on: date, now: datetime) -> None:
    """To the promoter's tutor and administrators, at once, with the insurer's day."""
    internship = accident.internship
    for user in [internship.promoter_tutor, *administrators(internship)]:
        _tell_staff(
            user,
            key=f"accident:{accident.pk}:{user.pk}",
            template="accident",
            context={"due_on": due_on, "url": absolute_url("internships:internship-detail", internship.pk)},
            cause=f"accident:{accident.pk}",
            now=now,
            urgent=True,
        )


def concern_raised(concern, *, now: datetime) -> None:
    """To the promoter's tutor and to who follows the young person. No host is ever among the readers."""
    internship = concern.internship
    operator = internship.participation.operator
    operators = [operator] if operator and operator.works_as(Role.OPERATOR) else with_role(Role.OPERATOR)
    for user in {user.pk: user for user in (internship.promoter_tutor, *operators)}.values():
        _tell_staff(
            user,
            key=f"concern:{concern.pk}:{user.pk}",
            template="concern",
            context={"url": absolute_url("internships:concern-detail", concern.pk)},
            cause=f"concern:{concern.pk}",
            now=now,
            urgent=True,
        )


def administrators(internship) -> list[User]:
    """Of the promoter."""
    return with_role(Role.PARTNER_ADMIN, organisation=internship.promoter_id)


def with_role(role: str, organisation=None) -> list[User]:
    """Who holds this role, anywhere or in this organisation, and can be written to."""
    where = {"memberships__organisation": organisation} if organisation else {}
    found = User.objects.filter(
        is_active=True, email__isnull=False, memberships__is_active=True, memberships__role=role, **where
    )
    return list(found.distinct().order_by("pk"))


def _tell_staff(user, *, key, template, context, cause, now, urgent=False):
    if not user.email or not user.is_active:
        return None
    return queue(
        key=key,
        channel=Channel.EMAIL,
        to=user.email,
        language=user.language,
        template=f"internships/messages/{template}",
        context=context,
        cause=cause,
        now=now,
        urgent=urgent,
    )
