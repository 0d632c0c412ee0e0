"""How it goes with those who left."""

from datetime import timedelta

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy

from intake.enums import FollowUpSituation, NoteKind, ParticipationState
from intake.models import FollowUp, Note
from migwork.signed import SignedKey

FORM = "follow-up"
SITUATION, QUALIFIED, BETTER = "situation", "qualified", "better"
# What a new version of the form must keep: the answers that are counted.
RULES = {
    SITUATION: (frozenset(FollowUpSituation.values), gettext_lazy("Its answers are counted in the results.")),
    QUALIFIED: (frozenset(), gettext_lazy("Its answers are counted in the results.")),
    BETTER: (frozenset(), gettext_lazy("Its answers are counted in the results.")),
}
# A link answers that long after its day; then the moment it asks about is past.
OPEN_FOR = timedelta(days=60)
# Three days after the reminder somebody calls: what is told then still falls within the four weeks after the end.
CALL_AFTER = timedelta(days=10)
MOST_TO_CALL = 200
_key = SignedKey("intake.follow-up")


def questions_counted(key: str) -> dict:
    """For foundation.questionnaires.hooks.read_by_rules: what must stay in the form of the questions after the end."""
    return RULES if key == FORM else {}


def section_asked(form) -> str:
    """The section that is asked: the one with the question by which people are counted, wherever it was moved."""
    sections = form.definition["sections"]
    return next(row["key"] for row in sections if any(q["key"] == SITUATION for q in row["questions"]))


def follow_up_token(follow_up) -> str:
    """What stands for these questions in an address: the same each time, so that a reminder repeats the link."""
    return _key.token(follow_up.pk)


def follow_up_of(token: str) -> FollowUp | None:
    """The questions that this token opens; None for one that we did not make, or that were called off."""
    return FollowUp.objects.select_related("participation__person", "sheet").filter(pk=_key.key(token)).first()


def follow_up_is_past(follow_up, now) -> bool:
    """Whether the moment that is asked about is over."""
    return timezone.localdate(now) >= follow_up.due_on + OPEN_FOR


def unanswered_after_leaving(now, *, operator=None) -> QuerySet[FollowUp]:
    """Who was asked how it goes and did not answer, while they still can; of one `operator`, or of the whole desk."""
    rows = unanswered(**still_to_call(now))
    return rows if operator is None else rows.filter(participation__operator=operator)


def still_to_call(now) -> dict:
    """Between which days people were asked who can still be called, as conditions for unanswered()."""
    return {"asked_by": now - CALL_AFTER, "due_after": timezone.localdate(now) - OPEN_FOR}


def unanswered(asked_by, due_after) -> QuerySet[FollowUp]:
    """Who left, was asked until then and did not answer."""
    ended = {"participation__state__in": [ParticipationState.CLOSED, ParticipationState.DROPPED]}
    here = {"participation__merged_into": None, "participation__person__limited_at": None}
    return FollowUp.objects.unanswered().filter(
        asked_at__lte=asked_by,
        due_on__gt=due_after,
        participation__person__anonymised_at=None,
        **ended,
        **here,
    )


def to_call_after_leaving(now, *, operator=None) -> list[FollowUp]:
    """The same people for a list of calls, each with `tried_at`, when somebody called, and `closes_on`.

    Whom nobody has called yet comes first, then whose questions close first.
    """
    calls = Note.objects.filter(
        participation=OuterRef("participation"), kind=NoteKind.CALL, at__gt=OuterRef("asked_at")
    )
    rows = list(
        unanswered_after_leaving(now, operator=operator)
        .select_related("participation__person", "participation__operator")
        .annotate(tried_at=Subquery(calls.order_by("-at").values("at")[:1]))
        .order_by(F("tried_at").asc(nulls_first=True), "due_on", "pk")[:MOST_TO_CALL]
    )
    for row in rows:
        row.closes_on = row.due_on + OPEN_FOR - timedelta(days=1)
    return rows


def follow_ups_of(participation) -> list[FollowUp]:
    """What was and will be asked after the end, with `is_open`: whether an answer can still be given."""
    rows = list(participation.follow_ups.order_by("due_on"))
    for row in rows:
        row.is_open = not row.answered_at and not follow_up_is_past(row, timezone.now())
    return rows
