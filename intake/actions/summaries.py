"""The summary of an interview, for the young person to take along."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from foundation.documents.actions import make_document
from foundation.privacy.actions import record
from foundation.questionnaires import queries as questionnaires
from intake import notifications
from intake.actions.participation import locked
from intake.models import Interview, InterviewSummary
from intake.permissions import check_can_read_talks
from migwork.errors import NotNow


@transaction.atomic
def hand_over_summary(*, interview, sections, by, now) -> InterviewSummary:
    """Make the PDF of these sections of a closed interview and tell the young person where it is. By an operator, once.

    Only sections that the form marks as theirs; additions and notes of the case team never. Raises pdf.Unavailable.
    """
    participation = locked(interview.participation, also_merged=True)
    check_can_read_talks(by)
    rows = Interview.objects.select_for_update(of=("self",)).select_related("sheet__questionnaire", "by")
    interview = rows.get(pk=interview.pk)
    person = participation.person
    if interview.completed_at is None:
        raise NotNow(_("Close the interview first: the summary says what was agreed."), code="open")
    if InterviewSummary.objects.filter(interview=interview).exists():
        raise NotNow(_("The summary of this interview was handed over already."), code="twice")
    if person.limited_at or person.anonymised_at:
        raise NotNow(_("Nothing can be made about this person now."), code="closed")
    shown = [row for row in questionnaires.shareable(interview.sheet, person.language) if row["key"] in set(sections)]
    if not shown:
        raise NotNow(_("Choose at least one section."), code="sections")
    with translation.override(person.language):
        day = date_format(timezone.localdate(interview.completed_at), "j F Y")
        title = _("What we said on %(day)s") % {"day": day}
    document = make_document(
        kind="interview-summary",
        title=title,
        language=person.language,
        template="intake/documents/interview_summary.html",
        context={"person": person, "sections": shown, "by": interview.by},
        by=by,
        now=now,
        about=person,
    )
    summary = InterviewSummary.objects.create(
        interview=interview, document=document, sections=[row["key"] for row in shown], at=now, by=by
    )
    record(verb="intake.interview_summarised", by=by, now=now, on=interview, about=person, fields=summary.sections)
    notifications.summary_ready(summary, person, now=now)
    return summary
