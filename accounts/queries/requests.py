"""Reads for the privacy officer, and for who asked."""

from datetime import date

from django.db.models import Case, F, When
from django.db.models.functions import Coalesce

from accounts.enums import RequestKind, RequestState
from accounts.models import PrivacyRequest, YoungPerson
from accounts.queries.people import ids_of
from foundation.privacy.models import Access

PAGE = 50


def requests_of(person: YoungPerson) -> list[PrivacyRequest]:
    """What this person asked, newest first."""
    return list(PrivacyRequest.objects.filter(person=person).order_by("-asked_at", "pk"))


def requests_to_answer() -> list[PrivacyRequest]:
    """What is open, the shortest term first."""
    rows = PrivacyRequest.objects.filter(state=RequestState.OPEN).select_related("person")
    return list(
        rows.annotate(by_day=Coalesce("extended_to", "due_on")).order_by("by_day", "asked_at", "pk")[: PAGE * 4]
    )


def requests_answered() -> list[PrivacyRequest]:
    """What was settled last."""
    rows = PrivacyRequest.objects.exclude(state=RequestState.OPEN).select_related("person")
    return list(rows.order_by(Case(When(answered_at=None, then=F("asked_at")), default=F("answered_at")).desc())[:PAGE])


def days_left(request: PrivacyRequest, today: date) -> int:
    """Days until the answer is due; below zero when it is late."""
    return (request.answer_by - today).days


def openings_with_names(request: PrivacyRequest) -> list[Access]:
    """Who opened the file of whoever asked for names, newest first, with their accounts."""
    if request.kind != RequestKind.NAMES:
        return []
    return list(Access.objects.about(ids_of(request.person)).select_related("by")[:200])
