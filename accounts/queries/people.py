"""Reads about people."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from accounts.enums import Role
from accounts.models import User, YoungPerson
from accounts.permissions import has_role
from foundation.communications.queries import recent_failures, way_to
from migwork.text import sort_key

PICKER_SIZE = 20


def everybody_who_is(person_id) -> QuerySet:
    """The ids under which somebody was known: their own, and those of records that were merged into it.

    For a condition in another query: `about__in=everybody_who_is(person.pk)`.
    """
    return YoungPerson.objects.filter(Q(pk=person_id) | Q(merged_into=person_id)).order_by().values("pk")


def merged_into(person_id) -> QuerySet:
    """The ids of the records that were merged into somebody's, for a condition in another query."""
    return YoungPerson.objects.filter(merged_into=person_id).order_by().values("pk")


def ids_of(person: YoungPerson) -> list[UUID]:
    """The same as a list."""
    return list(everybody_who_is(person.pk).values_list("pk", flat=True))


def reach(person: YoungPerson) -> tuple[str, str] | None:
    """(channel, address) by which `person` gets messages, as they prefer; None: there is no way, or none is safe."""
    if person.safe_contact:
        return (person.safe_channel, person.safe_address) if person.safe_address else None
    return way_to(person.pk, email=person.email, phone=person.phone)


def users_at(address: str) -> QuerySet[User]:
    """The account with this e-mail (in small letters) or number, found by an index: as fast where there is none."""
    if "@" in address:
        return User.objects.alias(small=Lower("email")).filter(small=address)
    return User.objects.filter(phone=address)


def find_people(text: str, user) -> QuerySet[YoungPerson]:
    """Up to 20 young people whose name begins like `text`, surname first or name first, accents ignored.

    For pickers of operators and coordinators, and for the privacy officer, to whom people write by letter; nobody
    else finds anybody.
    """
    words = sort_key(text).split()
    if not words or not has_role(user, Role.OPERATOR, Role.COORDINATOR, Role.PRIVACY_OFFICER):
        return YoungPerson.objects.none()
    matches = Q()
    for place, word in enumerate(words):
        # The surname begins like one of the words (which an index finds), the others begin further words.
        match = Q(sort_key__startswith=word)
        for other in words[:place] + words[place + 1 :]:
            match &= Q(sort_key__contains=f" {other}")
        matches |= match
    if len(words) == 1:
        matches |= Q(sort_key__contains=f" {words[0]}")
    return YoungPerson.objects.filter(matches, merged_into=None).order_by("sort_key", "pk")[:PICKER_SIZE]


def people_not_reached(since: datetime, most: int) -> list[dict]:
    """Whom a message since then did not reach, and no later one to the same address: newest first, each once."""
    found = {}
    for message in recent_failures(since):
        found.setdefault(message.about, message)
    people = YoungPerson.objects.in_bulk(list(found)[:most])
    return [
        {"person": people[about], "at": message.created_at, "state": message.get_state_display()}
        for about, message in found.items()
        if about in people
    ]
