"""What intern and host say at the end: asked once each and once again, answered part by part."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from foundation.questionnaires import actions as sheets
from foundation.questionnaires.models import Questionnaire
from foundation.questionnaires.queries import EMPTY, current
from internships import notifications
from internships.enums import EvaluationSide
from internships.models import Evaluation, Internship
from internships.permissions import check_can_work_on
from internships.workflow import OVER
from migwork.errors import NotNow

FORMS = {EvaluationSide.INTERN: "internship-intern", EvaluationSide.HOST: "internship-host"}
# What ended longer ago than this is not asked about any more; who has not answered is reminded once, so long after.
ASKED_WITHIN, REMINDED_AFTER = timedelta(days=30), timedelta(days=7)


def ask_evaluations(*, now: datetime) -> int:
    """Each hour: ask intern and host of what has just ended, once each; how many were written to."""
    ended = Internship.objects.filter(state__in=OVER, state_since__gt=now - ASKED_WITHIN, evaluations=None)
    ended = ended.filter(participation__person__limited_at=None, participation__person__anonymised_at=None)
    return sum(_ask(pk, now) for pk in ended.order_by("state_since", "pk").values_list("pk", flat=True))


@transaction.atomic
def _ask(pk, now) -> int:
    rows = Internship.objects.select_for_update(of=("self",), skip_locked=True)
    internship = rows.select_related("participation__person", "unit__host", "host_tutor").filter(pk=pk).first()
    if internship is None or internship.evaluations.exists():
        return 0
    written = 0
    for side, key in FORMS.items():
        try:
            form = current(key)
        except Questionnaire.DoesNotExist:
            continue
        sheet = sheets.start_sheet(questionnaire=form, now=now)
        evaluation = Evaluation.objects.create(internship=internship, side=side, sheet=sheet, asked_at=now)
        written += notifications.asked_to_evaluate(evaluation, now=now) is not None
    return written


def remind_evaluations(*, now: datetime) -> int:
    """Each morning: write once more to who was asked a week ago and has not finished; how many were written to."""
    waiting = Evaluation.objects.filter(
        done_at=None, asked_at__lte=now - REMINDED_AFTER, asked_at__gt=now - ASKED_WITHIN
    ).filter(internship__participation__person__limited_at=None)
    waiting = waiting.select_related("internship__participation__person", "internship__unit__host")
    waiting = waiting.select_related("internship__host_tutor").order_by("asked_at", "pk")
    return sum(notifications.asked_to_evaluate(one, again="reminded", now=now) is not None for one in waiting)


@transaction.atomic
def send_evaluation_again(*, evaluation, by, now: datetime) -> bool:
    """Write to who was asked once more, because the message got lost: at most once a day. By the promoter's staff.

    Whether there was a way to write to them.
    """
    evaluation = _open(evaluation)
    check_can_work_on(by, evaluation.internship)
    return notifications.asked_to_evaluate(evaluation, again=f"{now:%Y-%m-%d}", now=now) is not None


@transaction.atomic
def answer_evaluation(
    *, evaluation, section: str, answers: dict, version: int, adds: bool = False, now: datetime
) -> int:
    """Keep the answers of one part, begun from its stored `version`; the new version.

    By the intern, or by who holds the link. `adds`: they did not see what stands there from before, so that what they
    left empty stays. Raises questionnaires' Conflict when another window saved meanwhile.
    """
    evaluation = _open(evaluation)
    given = {key: value for key, value in answers.items() if value not in EMPTY}
    if adds:
        given = evaluation.sheet.answers.get(section, {}) | given
    return sheets.save_section(sheet=evaluation.sheet, section=section, answers=given, version=version, now=now)


@transaction.atomic
def finish_evaluation(*, evaluation, by=None, now: datetime) -> Evaluation:
    """That is all: it stays as it is, and the promoter may read it. By the same people."""
    evaluation = _open(evaluation)
    if not any(evaluation.sheet.answers.values()):
        raise NotNow(_("Answer at least one question."), code="empty")
    sheets.lock_sheet(sheet=evaluation.sheet, now=now)
    evaluation.done_at = now
    evaluation.save(update_fields=["done_at"])
    cancel(cause=f"evaluation:{evaluation.pk}", now=now)
    internship = evaluation.internship
    person = internship.participation.person_id
    record(verb=f"internships.evaluated_{evaluation.side}", by=by, now=now, on=internship, about=person)
    return evaluation


def _open(evaluation) -> Evaluation:
    rows = Evaluation.objects.select_for_update(of=("self",)).select_related(
        *("sheet__questionnaire", "internship__participation__person", "internship__unit__host"),
        "internship__host_tutor",
    )
    evaluation = rows.get(pk=evaluation.pk)
    check_not_limited(evaluation.internship.participation.person)
    if evaluation.done_at is not None:
        raise NotNow(_("You have answered already: thank you."), code="done")
    return evaluation
