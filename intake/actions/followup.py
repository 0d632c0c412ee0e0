"""Asking those who left how it goes: planned at the end of a way, sent when due, answered by link or to an operator."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from foundation.questionnaires import actions as sheets
from foundation.questionnaires import queries as questionnaires
from intake import notifications
from intake.enums import FollowUpMoment, FollowUpSituation, ParticipationState
from intake.models import FollowUp, Participation
from intake.permissions import check_can_work_on
from intake.queries.followup import FORM, OPEN_FOR, follow_up_is_past, section_asked
from migwork.errors import NotNow
from migwork.months import add_months

# Two weeks after: whoever answers late is still within the four weeks that funders ask for.
FIRST_AFTER = timedelta(days=14)
SECOND_AFTER_MONTHS = 6
REMIND_AFTER = timedelta(days=7)
FROM_HOUR = 10
AT_ONCE = 500


def plan_follow_ups(participation, now) -> None:
    """Plan both askings of a way that has just ended."""
    left = timezone.localdate(now)
    days = {
        FollowUpMoment.FOUR_WEEKS: left + FIRST_AFTER,
        FollowUpMoment.SIX_MONTHS: add_months(left, SECOND_AFTER_MONTHS),
    }
    for moment, due_on in days.items():
        FollowUp.objects.get_or_create(
            participation=participation, moment=moment, answered_at=None, defaults={"due_on": due_on}
        )


def call_off_follow_ups(participation, now) -> None:
    """Whoever is back is not asked how it goes without us."""
    for follow_up in participation.follow_ups.unanswered().select_for_update():
        cancel(cause=f"follow-up:{follow_up.pk}", now=now)
        follow_up.delete()


def ask_due_follow_ups(*, now) -> int:
    """Send the questions whose day has come, and once more a week later to who has not answered; how many.

    Safe to run twice, and after days of silence.
    """
    here = timezone.localtime(now)
    if here.hour < FROM_HOUR:
        return 0
    today = here.date()
    due = (
        FollowUp.objects.unanswered()
        .filter(due_on__lte=today, due_on__gt=today - OPEN_FOR)
        .filter(Q(asked_at=None) | Q(asked_at__lte=now - REMIND_AFTER))
        .filter(participation__merged_into=None, participation__person__limited_at=None)
    )
    asked, last = 0, None
    while batch := list(_after(due, last).order_by("due_on", "pk")[:AT_ONCE]):
        asked += sum(_ask(follow_up.pk, now) for follow_up in batch)
        last = batch[-1]
    return asked


def _after(rows, last):
    if last is None:
        return rows
    return rows.filter(Q(due_on__gt=last.due_on) | Q(due_on=last.due_on, pk__gt=last.pk))


@transaction.atomic
def _ask(pk, now) -> bool:
    follow_up = (
        FollowUp.objects.unanswered()
        .select_for_update(of=("self",), skip_locked=True)
        .select_related("participation__person")
        .filter(pk=pk)
        .first()
    )
    if follow_up is None:
        return False
    written = notifications.how_it_goes(follow_up, again=follow_up.asked_at is not None, now=now)
    if follow_up.asked_at is None:
        # Also without an address: the file then says that nobody could be written to, and an operator may call.
        follow_up.asked_at = now
        follow_up.save(update_fields=["asked_at"])
    return written is not None


@transaction.atomic
def answer_follow_up(*, follow_up, answers, by=None, now) -> FollowUp:
    """Keep the answers. By who holds the link (`by` None: a young person who left signs in to nothing), or an operator.

    NotNow when the first question has no answer, when it was answered before, or its time is past.
    """
    participation = Participation.with_merged.select_for_update(of=("self",)).get(pk=follow_up.participation_id)
    follow_up = FollowUp.objects.select_for_update(of=("self",)).filter(pk=follow_up.pk).first()
    if by is not None:
        check_can_work_on(by, participation)
    if follow_up is None or follow_up.answered_at or follow_up_is_past(follow_up, now):
        raise NotNow(_("These questions are closed. Thank you all the same."), code="closed")
    if participation.state not in (ParticipationState.CLOSED, ParticipationState.DROPPED):
        raise NotNow(_("These questions are closed. Thank you all the same."), code="closed")
    if answers.get("situation") not in FollowUpSituation.values:
        raise NotNow({"situation": _("Choose what comes nearest.")})
    sheet = sheets.start_sheet(questionnaire=questionnaires.current(FORM), now=now)
    sheets.save_section(sheet=sheet, section=section_asked(sheet.questionnaire), answers=answers, version=0, now=now)
    sheets.lock_sheet(sheet=sheet, now=now)
    follow_up.sheet, follow_up.answered_at, follow_up.by = sheet, now, by
    follow_up.situation = answers["situation"]
    follow_up.has_qualified = _yes_or_no(answers.get("qualified"))
    follow_up.is_better = _yes_or_no(answers.get("better"))
    follow_up.save()
    cancel(cause=f"follow-up:{follow_up.pk}", now=now)
    record(verb="intake.follow_up_answered", by=by, now=now, on=follow_up, about=participation.person_id)
    return follow_up


def _yes_or_no(answer) -> bool | None:
    return {"yes": True, "no": False}.get(answer)
