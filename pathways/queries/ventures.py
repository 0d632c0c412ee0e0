"""The idea sheet, and the hours of who goes along."""

import hashlib

from django.urls import reverse
from django.utils import timezone

from intake.enums import AppointmentKind, AppointmentState
from intake.models import Slot
from pathways.enums import PathState
from pathways.models import IdeaSheet
from pathways.paths import PARTS_OF_IDEA
from pathways.readiness import missing_for

HOURS = 4


def idea_of(path) -> IdeaSheet | None:
    return IdeaSheet.objects.filter(path=path).first()


def mark_of(text: str) -> str:
    """Tells one text from another, without saying it."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def parts_of(idea) -> list[dict]:
    """The six parts with what is written of each."""
    return [{"key": key, "part": part, "text": getattr(idea, key)} for key, part in PARTS_OF_IDEA.items()]


def companions_hours(path, now) -> list[dict]:
    """The next hours that one can book with who goes along, if they publish any: with the address that books."""
    if path.companion_id is None:
        return []
    kind = AppointmentKind.PLAN_REVIEW
    rows = Slot.objects.for_way(path.participation, now).for_kind(kind).filter(operator=path.companion_id)
    return [
        {"at": slot.starts_at, "place": slot.place, "url": reverse("intake:booking-confirm", args=[kind, slot.pk])}
        for slot in rows.order_by("starts_at", "pk")[:HOURS]
    ]


def booked_with_companion(path, now) -> list:
    """Talks with who goes along that were booked by their published hours."""
    if path.companion_id is None:
        return []
    rows = path.participation.appointments.filter(operator=path.companion_id, state=AppointmentState.BOOKED)
    return list(rows.filter(ends_at__gt=now).order_by("starts_at")[:HOURS])


def shown(path, now) -> dict:
    """The sheet with its parts, what is missing before it is tried out, and the talks of the agenda."""
    idea = idea_of(path)
    if idea is not None:
        path.idea = idea
    parts = parts_of(idea) if idea else []
    choosing = path.state == PathState.CHOOSING
    return {
        "idea": idea,
        "parts": parts,
        "written": sum(bool(row["text"]) for row in parts),
        "missing": missing_for(path, "choose", timezone.localdate(now)) if idea and choosing else [],
        "hours": companions_hours(path, now) if path.state != PathState.ENDED else [],
        "booked": booked_with_companion(path, now),
    }
