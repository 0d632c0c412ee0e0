"""What one young person says of an activity and of themselves: what is open, and how before and after compare."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from foundation.questionnaires.models import AnswerSheet
from foundation.questionnaires.queries import current, kept, words
from migwork import charts
from migwork.signed import SignedKey
from pathways.asking import BEGINNING, FORMS, SCALE, moments_open, scaled_questions
from pathways.enums import TAKING_PART, THERE, AskedMoment, EnrolmentState, RunState
from pathways.models import Assessment, Attendance, Enrolment

_key = SignedKey("pathways.assessment")
# Attendance is often written late; later than that nobody is written to any more.
WRITTEN_WITHIN = timedelta(days=30)


def assessment_token(enrolment) -> str:
    """What stands in the address of an invitation: the enrolment, signed by the portal."""
    return _key.token(enrolment.pk)


def enrolment_of_assessment(token: str) -> Enrolment | None:
    """The enrolment whose questions this token opens; None for one that the portal did not write, or of who is gone."""
    rows = Enrolment.objects.filter(participation__person__anonymised_at=None, pk=_key.key(token))
    return rows.select_related("run__opportunity", "participation__person").first()


@dataclass
class Asked:
    """Where somebody stands with the questions about an activity on one day."""

    rows: dict[str, Assessment]
    # What can be answered now, finished and skipped ones left out; and what was skipped and can still be answered.
    due: list[AskedMoment]
    skipped: list[AskedMoment]

    @property
    def next(self) -> AskedMoment | None:
        return self.due[0] if self.due else None

    def has_begun(self, moment) -> bool:
        row = self.rows.get(moment)
        return bool(row and row.sheet_id and not row.done_at)

    def is_done(self, moment) -> bool:
        row = self.rows.get(moment)
        return bool(row and row.done_at)


def asked_about(enrolment, on: date, was_there: bool | None = None) -> Asked:
    """What this person is asked about this activity. One query, two where it must look whether they were there."""
    if was_there is None:
        was_there = Attendance.objects.filter(enrolment=enrolment, state__in=THERE).exists()
    rows = {row.moment: row for row in enrolment.assessments.select_related("sheet__questionnaire")}
    begun = rows.get(AskedMoment.ENTRY)
    open_now = moments_open(enrolment, on, was_there=was_there, has_begun=bool(begun and begun.done_at))
    left = [moment for moment in open_now if not (moment in rows and rows[moment].done_at)]
    skipped = [moment for moment in left if moment in rows and rows[moment].skipped_at]
    return Asked(rows=rows, due=[moment for moment in left if moment not in skipped], skipped=skipped)


def form_of(moment, sheet: AnswerSheet | None):
    """The version of the form: the one that was begun, else the newest."""
    return kept(sheet.questionnaire if sheet else current(FORMS[moment]))


def picture(rows: dict[str, Assessment], language: str) -> charts.Drawing | None:
    """How one sees oneself before and after, as a picture with its table; None before anything was finished."""
    done = {moment: row for moment, row in rows.items() if row.done_at}
    before, after = done.get(AskedMoment.ENTRY), done.get(AskedMoment.EXIT)
    newest = after or before
    if newest is None:
        return None
    questions = scaled_questions(newest.sheet.questionnaire.definition)
    lines = [
        (words(q["label"], language), *(row and _on_scale(row.counted.get(q["key"])) for row in (before, after)))
        for q in questions
    ]
    lines = [line for line in lines if any(value is not None for value in line[1:])]
    if not lines:
        return None
    said = {int(o["value"]): words(o["label"], language) for o in questions[0]["options"]}
    return charts.pairs(
        _("Before and after") if after else _("At the beginning"),
        lines,
        names=(_("at the beginning"), _("at the end")),
        top=len(SCALE),
        write=said.__getitem__,
        head=(_("About me"), _("At the beginning"), _("At the end")),
        description=comparison(lines),
        only_first=after is None,
    )


def comparison(lines) -> str:
    """In one sentence what before and after say; "" while there is but one of them."""
    both = [(before, after) for _label, before, after in lines if before is not None and after is not None]
    if not both:
        return ""
    grown = sum(after > before for before, after in both)
    if not grown:
        return _("You see yourself much as you did at the beginning: that is an answer, too.")
    return _("In %(n)s of %(all)s you see yourself further on than at the beginning.") % {"n": grown, "all": len(both)}


def _on_scale(value) -> int | None:
    return int(value) if value in SCALE else None


def to_invite(today: date) -> list[tuple[UUID, AskedMoment]]:
    """Who is asked now for the first time: at the beginning of an activity, and when it is over."""
    people = {
        "participation__merged_into": None,
        "participation__person__limited_at": None,
        "participation__person__anonymised_at": None,
    }
    rows = Enrolment.objects.filter(**people).exclude(run__state=RunState.CANCELLED).order_by("run", "asked_at", "pk")
    mine = Assessment.objects.filter(enrolment=OuterRef("pk"))
    was_there = Exists(Attendance.objects.filter(enrolment=OuterRef("pk"), state__in=THERE))
    beginning = rows.filter(
        ~Exists(mine.filter(moment=AskedMoment.ENTRY)),
        state=EnrolmentState.ENROLLED,
        run__starts_on__range=(today - BEGINNING, today),
        run__ends_on__gt=today,
    )
    ended = rows.filter(
        Q(state=EnrolmentState.COMPLETED) | Q(was_there),
        ~Exists(mine.filter(moment=AskedMoment.OPINION)),
        state__in=TAKING_PART,
        # From the day after: on the evening of the last one is still there.
        run__ends_on__range=(today - WRITTEN_WITHIN, today - timedelta(days=1)),
    )
    return [
        *((pk, AskedMoment.ENTRY) for pk in beginning.values_list("pk", flat=True)),
        *((pk, AskedMoment.OPINION) for pk in ended.values_list("pk", flat=True)),
    ]
