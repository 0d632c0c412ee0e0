"""Interviews: begun, saved section by section, closed, added to."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.actions import check_not_limited, correct_person
from foundation.privacy.actions import record
from foundation.privacy.models import Event
from foundation.questionnaires import actions as sheets
from foundation.questionnaires import queries as questionnaires
from foundation.questionnaires.models import Questionnaire
from intake.actions.participation import STATE_FIELDS, check_open, locked, move, note_contact
from intake.enums import ParticipationState
from intake.models import Interview, InterviewAddendum
from intake.permissions import check_can_read_talks
from intake.queries import answers_by_question, organisation_of_operator
from intake.situations import INTERVIEW_KEY, OCCUPATION, TITLE
from migwork.errors import NotNow
from migwork.prepared import Prepared


@transaction.atomic
def start_interview(*, participation, by, now) -> Interview:
    """Open an interview on the current questionnaire. By an operator; one open at a time."""
    participation = locked(participation)
    check_can_read_talks(by)
    check_open(participation)
    if participation.interviews.filter(completed_at__isnull=True).exists():
        raise NotNow(
            _("An interview with this person is already open: go on with that one."), code="interview_one_open"
        )
    try:
        questionnaire = questionnaires.current(INTERVIEW_KEY)
    except Questionnaire.DoesNotExist:
        raise NotNow(
            _("The questions of the interview are not loaded yet: tell the administrator."), code="no_form"
        ) from None
    sheet = sheets.start_sheet(questionnaire=questionnaire, now=now)
    interview = Interview.objects.create(
        participation=participation,
        organisation_id=organisation_of_operator(by, participation.edition),
        by=by,
        sheet=sheet,
        started_at=now,
    )
    if participation.operator_id is None:
        participation.operator = by
        participation.save(update_fields=["operator"])
    record(verb="intake.interview_started", by=by, now=now, on=interview, about=participation.person)
    return interview


@transaction.atomic
def save_interview_section(*, interview, section, answers, version, by, now) -> int:
    """Save one section as it stands, complete or not; the new version. By an operator.

    Passes on the questionnaires' Conflict when somebody saved since `version`.
    The trail keeps one event per section, person and hour: saving as one types would bury the rest.
    """
    check_can_read_talks(by)
    check_not_limited(interview.participation.person)
    before = interview.sheet.marks.get(section)
    version = sheets.save_section(sheet=interview.sheet, section=section, answers=answers, version=version, now=now)
    if interview.sheet.marks[section] == before:
        return version
    if not _saved_lately(on=str(interview.pk), by=by.pk, section=section, since=now - timedelta(hours=1)):
        record(
            verb="intake.interview_saved",
            by=by,
            now=now,
            on=interview,
            about=interview.participation.person_id,
            fields=[section],
        )
    return version


_saved_lately = Prepared(
    lambda on, by, section, since: Event.objects.filter(
        on_type=Interview._meta.label_lower,
        on_id=on,
        verb="intake.interview_saved",
        by=by,
        fields__0=section,
        at__gt=since,
    ).values_list("pk")[:1]
)


@transaction.atomic
def view_interview_section(*, interview, section, by, now) -> None:
    """Note that the section was looked at in the talk, though nothing was written. By an operator. Twice: once."""
    check_can_read_talks(by)
    if sheets.view_section(sheet=interview.sheet, section=section):
        record(
            verb="intake.interview_viewed",
            by=by,
            now=now,
            on=interview,
            about=interview.participation.person_id,
            fields=[section],
        )


@transaction.atomic
def complete_interview(*, interview, by, now) -> Interview:
    """Lock an interview whose sections are complete; the participation moves on. By an operator."""
    participation = locked(interview.participation)
    rows = Interview.objects.select_for_update(of=("self",)).select_related(
        "sheet__questionnaire", "participation__person"
    )
    interview = rows.get(pk=interview.pk)
    check_can_read_talks(by)
    if interview.completed_at:
        raise NotNow(_("This interview is already closed."), code="twice")
    missing = questionnaires.unfinished(interview.sheet, get_language() or "it")
    if missing:
        raise NotNow(_("Before closing, complete: %(sections)s.") % {"sections": ", ".join(missing)}, code="incomplete")
    sheets.lock_sheet(sheet=interview.sheet, now=now)
    interview.completed_at = now
    interview.save(update_fields=["completed_at"])
    _keep_what_was_said(interview, by, now)
    if participation.state in (ParticipationState.REGISTERED, ParticipationState.RECEIVED):
        move(participation, "interview", now)
        participation.save(update_fields=STATE_FIELDS)
    note_contact(participation, now)
    record(verb="intake.interview_completed", by=by, now=now, on=interview, about=participation.person)
    return interview


def _keep_what_was_said(interview, by, now) -> None:
    """What somebody does and their highest title go into their record: nobody asks it again."""
    said = answers_by_question(interview.sheet)
    values = {"employment": said.get(OCCUPATION), "education": said.get(TITLE)}
    person = interview.participation.person
    if person.limited_at is None:
        correct_person(person=person, by=by, now=now, **{name: value for name, value in values.items() if value})


@transaction.atomic
def add_to_interview(*, interview, text, by, now) -> InterviewAddendum:
    """Correct or complete a closed interview: a dated addition below it, what was closed stays. By an operator."""
    participation = locked(interview.participation)
    check_can_read_talks(by)
    interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
    if interview.completed_at is None:
        raise NotNow(_("This interview is still open: write it into its sections."), code="open")
    if not text.strip():
        raise NotNow(_("Write at least a word."), code="text")
    addendum = InterviewAddendum.objects.create(interview=interview, text=text.strip(), at=now, by=by)
    record(verb="intake.interview_added_to", by=by, now=now, on=interview, about=participation.person, fields=["text"])
    return addendum
