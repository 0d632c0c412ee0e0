"""Reads about people."""

from django.db.models import Q, QuerySet

from accounts.enums import Role
from accounts.models import YoungPerson
from accounts.permissions import has_role
from foundation.communications.queries import way_to
from migwork.text import sort_key

PICKER_SIZE = 20


def reach(person: YoungPerson) -> tuple[str, str] | None:
    """(channel, address) by which `person` gets messages, as they prefer; None: there is no way, or none is safe."""
    if person.safe_contact:
        return person.safe_channel, person.safe_address
    return way_to(person.pk, email=person.email, phone=person.phone)


def find_people(text: str, user) -> QuerySet[YoungPerson]:
    """Up to 20 young people whose name begins like `text`, surname first or name first, accents ignored.

    For pickers of operators and coordinators; nobody else finds anybody.
    """
    words = sort_key(text).split()
    if not words or not has_role(user, Role.OPERATOR, Role.COORDINATOR):
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
    return YoungPerson.objects.filter(matches).order_by("sort_key", "pk")[:PICKER_SIZE]
