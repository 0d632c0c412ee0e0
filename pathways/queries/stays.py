"""What the page of a stay shows beside the path."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language

from intake.hooks import Achieved
from intake.queries import labels_of
from pathways.enums import PathOutcome, PathState, PathTalkKind
from pathways.models import Stay
from pathways.readiness import to_leave

# So long may nobody hear from somebody who is away.
QUIET = timedelta(days=30)


def stay_of(path) -> Stay | None:
    return Stay.objects.filter(path=path).first()


def shown(path, now) -> dict:
    """The stay, what is missing before departure, whether nobody heard from them, and the skills they brought back."""
    stay = stay_of(path)
    away, back = path.state == PathState.UNDER_WAY, path.state in (PathState.UNDER_WAY, PathState.ENDED)
    return {
        "stay": stay,
        "missing": to_leave(path, stay) if stay and path.state == PathState.PREPARING else [],
        "is_quiet": away and _last_heard(path) < timezone.localdate(now - QUIET),
        "learnt": labels_of(path.learnt_skills.values_list("skill", flat=True), get_language()) if back else [],
    }


def _last_heard(path):
    rows = path.talks.filter(kind=PathTalkKind.DURING, held_at__isnull=False)
    at = rows.order_by("-at").values_list("at", flat=True).first()
    return timezone.localdate(max(at, path.state_since) if at else path.state_since)


def achievements(person) -> list[Achieved]:
    """Stays that went on until the end: they stand in a CV like work. One query."""
    rows = Stay.objects.filter(path__participation__person=person, path__outcome=PathOutcome.STAYED)
    return [
        Achieved(
            kind="internship",
            title=row.get_programme_display(),
            place=f"{row.host}, {row.place}",
            began=row.starts_on,
            ended=row.path.outcome_on,
            hours=Decimal(0),
        )
        for row in rows.select_related("path").order_by("starts_on", "pk")
    ]
