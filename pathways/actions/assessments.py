"""Answering about oneself and about an activity, leaving it out, and being asked: once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited
from foundation.communications.actions import cancel
from foundation.privacy.actions import record
from foundation.questionnaires import actions as sheets
from migwork.errors import NotNow
from pathways import asking, notifications, permissions
from pathways.enums import AskedMoment
from pathways.models import Assessment, Enrolment
from pathways.queries import assessments as queries

FROM_HOUR = 10


@transaction.atomic
def answer_assessment(*, enrolment, moment, section, answers, version=0, finish, by=None, now) -> Assessment:
    """Keep the answers of one section; `finish`: that is all, they stay as they are.

    By the young person alone; None: by the link of the invitation, which shows nothing that was answered before: then
    what is left out there stays as it was. NotNow when the moment is over. Conflict as questionnaires have it.
    """
    enrolment, asked = _open(enrolment, moment, by, now)
    row = asked.rows.get(moment) or Assessment(enrolment=enrolment, moment=moment)
    if row.sheet is None:
        row.sheet = sheets.start_sheet(questionnaire=queries.form_of(moment, None), now=now)
    if by is None:
        stored = row.sheet.answers.get(section, {})
        answers = stored | {key: value for key, value in answers.items() if value}
        version = row.sheet.marks.get(section, {}).get("version", 0)
    sheets.save_section(sheet=row.sheet, section=section, answers=answers, version=version, now=now)
    row.skipped_at = None
    if finish:
        _finish(row, now)
    row.save()
    record(
        verb="pathways.assessment_done" if finish else "pathways.assessment_saved",
        by=by,
        now=now,
        on=row,
        about=enrolment.participation.person_id,
    )
    return row


@transaction.atomic
def skip_assessment(*, enrolment, moment, by=None, now) -> Assessment:
    """Leave these questions out: nobody asks again, and what was begun is thrown away. By the same people."""
    enrolment, asked = _open(enrolment, moment, by, now)
    row = asked.rows.get(moment) or Assessment(enrolment=enrolment, moment=moment)
    begun, row.sheet, row.skipped_at = row.sheet, None, now
    row.save()
    if begun:
        begun.delete()
    cancel(cause=_cause(row), now=now)
    record(verb="pathways.assessment_skipped", by=by, now=now, on=row, about=enrolment.participation.person_id)
    return row


def _open(enrolment, moment, by, now):
    """The enrolment, locked, and where its person stands; only while these questions are open to them."""
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("run", "participation__person")
    enrolment = rows.get(pk=enrolment.pk)
    if by is not None:
        permissions.check_can_assess(by, enrolment)
    check_not_limited(enrolment.participation.person)
    asked = queries.asked_about(enrolment, timezone.localdate(now))
    if asked.is_done(moment):
        raise NotNow(_("You have answered already: thank you."), code="done")
    if moment not in (*asked.due, *asked.skipped):
        raise NotNow(_("These questions are closed. It does not matter."), code="closed")
    return enrolment, asked


def _finish(row, now):
    counted = asking.counted_answers(row.sheet.questionnaire.definition, row.sheet.answers)
    if not any(row.sheet.answers.values()):
        raise NotNow(_("Answer at least one question, or leave them all out."), code="empty")
    sheets.lock_sheet(sheet=row.sheet, now=now)
    row.counted, row.done_at = counted, now
    cancel(cause=_cause(row), now=now)


def _cause(row) -> str:
    """What an invitation is called off by: answered or left out, it need not leave any more."""
    return notifications.assessment_cause(row.enrolment_id, row.moment)


def ask_about_activities(*, now) -> int:
    """Invite, once, whoever begins an activity or has just been in one; how many were written to.

    Safe to run twice, and after days of silence.
    """
    here = timezone.localtime(now)
    if here.hour < FROM_HOUR:
        return 0
    return sum(_ask(pk, moment, now) for pk, moment in queries.to_invite(here.date()))


@transaction.atomic
def _ask(pk, moment, now) -> bool:
    rows = Enrolment.objects.select_for_update(of=("self",), skip_locked=True)
    enrolment = rows.select_related("run__opportunity", "participation__person").filter(pk=pk).first()
    if enrolment is None:
        return False
    asked = queries.asked_about(enrolment, timezone.localdate(now))
    if moment not in (*asked.due, *asked.skipped) and not asked.is_done(moment):
        return False
    row, _new = Assessment.objects.get_or_create(enrolment=enrolment, moment=moment)
    if row.asked_at:
        return False
    # Also without an address: nobody is looked for again each hour.
    row.asked_at = now
    row.save(update_fields=["asked_at"])
    if moment not in asked.due:
        return False
    about_me = AskedMoment.EXIT in asked.due
    return notifications.asked_about_activity(enrolment, moment, about_me=about_me, now=now) is not None
