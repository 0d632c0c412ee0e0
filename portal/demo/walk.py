"""Three hundred ways through the portal, walked by the real actions with a clock that starts seven months ago.

Nothing is written but by the rooms' own actions, so the demo can hold nothing that
the portal would refuse.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from foundation.communications.actions import send_message
from foundation.communications.models import OutgoingMessage
from foundation.documents import pdf
from intake import actions as intake
from intake.enums import ParticipationState
from intake.models import FollowUp, Participation
from internships.workflow import OPEN_STATES as OPEN_INTERNSHIPS
from migwork.db import analyse
from pathways import actions as pathways
from pathways.enums import AttendanceState, Family, HeadAge
from pathways.models import Run, Session
from pathways.queries import certificates
from portal.demo import names
from portal.demo.attempts import attempt, few_savepoints
from portal.demo.offers import offer_internships
from portal.demo.office import lose_one, office
from portal.demo.paths import accompany
from portal.demo.profiles import profiles
from portal.demo.reception import reception
from portal.demo.sessions import hold_sessions
from portal.demo.stage import Stage
from portal.demo.voices import Voices, look_around
from portal.demo.ways import Way
from programme.models import Edition
from reporting import actions as reporting

PERSONS = 300
STANDING_STILL = (
    ParticipationState.RECEIVED,
    ParticipationState.INTERVIEWED,
    ParticipationState.PLAN_DRAFT,
    ParticipationState.PLAN_AGREED,
)


@few_savepoints()
def walk(*, edition: Edition, now: datetime, persons: int = PERSONS, seed: int = 2020):
    """Write the whole demo of `edition`, as of the day of `now`; all or nothing."""
    stage = Stage(edition=edition, now=now, seed=seed)
    stage.set_up()
    span = (stage.now.date() - edition.starts_on).days - 6
    for number in range(persons):
        opened = edition.starts_on + timedelta(days=5 + number * span // persons)
        newcomer = number >= persons - max(3, persons // 25)
        Way(stage, number, stage.yesterday_or(opened), newcomer=newcomer).walk()
    analyse()
    teach(stage)
    visit(stage)
    spend(stage)
    end_some(stage)
    ask_who_left(stage)
    office(stage)
    reception(stage)
    profiles(stage)
    accompany(stage)
    hold_sessions(stage)
    offer_internships(stage)
    look_around(stage)
    deliver(stage)
    lose_one(stage)
    pathways.refresh_next_starts(now=now)
    analyse()
    reporting.refresh_figures(edition=edition, now=now)


def teach(stage: Stage):
    """Attendance of every session that is over, but for the last one of a course under way: that is due now.

    A course that nobody wanted was called off the day before.
    """
    r, voices = stage.random, Voices(stage)
    for run in Run.objects.select_related("opportunity__organisation").order_by("starts_on", "opportunity__title"):
        by = stage.staff[run.opportunity.organisation.code]
        people = list(run.enrolments.taking_part().order_by("asked_at"))
        past = [session for session in run.sessions.all() if session.ends_at < stage.now]
        over = run.ends_on < stage.now.date() - timedelta(days=2)
        if not people and past:
            pathways.cancel_run(run=run, by=by, now=stage.at(run.starts_on - timedelta(days=1)))
        if not people or not past:
            continue
        if over:
            voices.begin(run, people)
        steadiness = {enrolment.pk: r.choice([0.97, 0.93, 0.88, 0.5]) for enrolment in people}
        for session in past if over else past[:-1]:
            marks = {pk: _mark(r, steady, session) for pk, steady in steadiness.items()}
            after = min(session.ends_at + timedelta(minutes=20), stage.now)
            # The list of the latest one is left open, to be looked at.
            close = session not in past[-2:]
            pathways.record_attendance(session=session, marks=marks, by=by, now=after, close=close)
            _put_right(stage, session, marks, by=by, after=after)
        if over:
            completed = {pk for pk, steady in steadiness.items() if steady > 0.6}
            pathways.complete_run(run=run, completed=completed, by=by, now=stage.at(run.ends_on + timedelta(days=1)))
            voices.end(run, completed)
            certify(stage, run, by=by)


# The classes that came along to the workshops on job interviews: heads, class, age.
CLASSES = ((22, "4A", HeadAge.FROM_16), (25, "5B", HeadAge.FROM_18), (19, "3C", HeadAge.FROM_16))


def visit(stage: Stage):
    """School classes at workshops that are over."""
    workshops = Session.objects.filter(run__opportunity__family=Family.SOFT_SKILLS, recorded_at__isnull=False)
    held = workshops.select_related("run__opportunity__organisation").order_by("starts_at", "run__opportunity__title")
    for session, (heads, group, age) in zip(held, CLASSES, strict=False):
        by = stage.staff[session.run.opportunity.organisation.code]
        after = session.ends_at + timedelta(minutes=20)
        pathways.count_heads(session=session, heads=heads, group=group, age=age, by=by, now=after)


# How many certificates the demo gives for each course that is over: to be looked at, without making people wait.
CERTIFICATES = 1


def certify(stage, run, *, by):
    """The rule of a course that is over, and the first certificates, where this machine can make PDFs."""
    course, at = run.opportunity, stage.at(run.ends_on + timedelta(days=2))
    if course.family not in (Family.TRAINING, Family.SOFT_SKILLS):
        return
    pathways.set_certificate_rule(
        opportunity=course, least_share=70, needs_test=False, skills=SKILLS[course.family], by=by, now=at
    )
    due = [standing.enrolment for standing in certificates.standings(run) if standing.is_due]
    try:
        for enrolment in due[:CERTIFICATES]:
            with attempt():
                pathways.issue_certificate(enrolment=enrolment, by=by, now=at)
    except pdf.Unavailable:
        return


SKILLS = {
    Family.TRAINING: [
        "conosce gli attrezzi e le regole di sicurezza del mestiere",
        "lavora in squadra seguendo i turni",
    ],
    Family.SOFT_SKILLS: [
        "parla davanti a un gruppo",
        "organizza il proprio tempo",
        "risolve problemi insieme ad altri",
    ],
}


def _mark(r, steady, session) -> pathways.Mark:
    if r.random() < steady:
        late = r.random() < 0.06
        if late and session.hours > 1:
            return pathways.Mark(AttendanceState.LATE, session.hours - 1)
        return pathways.Mark(AttendanceState.LATE if late else AttendanceState.PRESENT)
    return pathways.Mark(AttendanceState.EXCUSED if r.random() < 0.4 else AttendanceState.ABSENT)


def _put_right(stage, session, marks, *, by, after):
    """The first who was absent from the first session of a run explained it the day after."""
    absent = next((pk for pk, mark in marks.items() if mark.state == AttendanceState.ABSENT), None)
    day_after = after + timedelta(days=1)
    if absent is None or day_after > stage.now or session != session.run.sessions.first():
        return
    pathways.record_attendance(
        session=session,
        marks={absent: AttendanceState.EXCUSED},
        by=by,
        now=day_after,
        reason="Aveva avvisato per telefono: il messaggio è arrivato tardi",
    )


def spend(stage: Stage):
    """Invoices on every line, about as far as the project's time has gone; the last ones not yet paid."""
    r, edition, today = stage.random, stage.edition, stage.now.date()
    days = (today - edition.starts_on).days
    elapsed = days / (edition.ends_on - edition.starts_on).days
    number = 0
    for line in edition.budget_lines.select_related("partnership__organisation", "cost_item"):
        used = line.amount * Decimal(round(elapsed * r.uniform(0.6, 0.95), 2))
        parts = 1 if used < 1500 else r.randint(2, 4)
        for part in range(parts):
            number += 1
            dated = edition.starts_on + timedelta(days=max(1, (days - 5) * (part + 1) // (parts + 1)))
            paid = dated + timedelta(days=30)
            amount = (used / parts).quantize(Decimal("0.01"))
            if amount > 0:
                reporting.enter_expense(
                    line=line,
                    supplier=r.choice(names.SUPPLIERS),
                    document_number=f"{number}/{dated.year}",
                    document_date=dated,
                    description=f"{line.cost_item.name}, periodo {part + 1}",
                    amount=amount,
                    paid_on=paid if paid < today and not (part and part == parts - 1 and r.random() < 0.5) else None,
                    by=stage.admins.get(line.partnership.organisation.code, stage.coordinator),
                    now=stage.yesterday_or(max(dated, paid)),
                )


def end_some(stage: Stage):
    """Old ways end: with an outcome for those who got somewhere, with a reason for those who left."""
    r = stage.random
    known = Participation.objects.filter(edition=stage.edition, operator__isnull=False).select_related("operator")
    for participation in known.order_by("opened_at"):
        old = (stage.now - participation.opened_at).days
        end = {"participation": participation, "by": participation.operator}
        ended = stage.at(stage.now.date() - timedelta(days=r.randint(1, 20)))
        if participation.state == ParticipationState.IN_PROGRESS and old > 100 and r.random() < 0.6:
            if not participation.internships.filter(state__in=OPEN_INTERNSHIPS).exists():
                ending, words = r.choice(names.OUTCOMES)
                intake.end_participation(**end, ending=ending, outcome=words, now=ended)
        elif participation.state in STANDING_STILL and old > 60 and r.random() < 0.6:
            ending, words = r.choice(names.DROPS)
            intake.end_participation(**end, ending=ending, outcome=words, now=ended)


def ask_who_left(stage: Stage):
    """Who left more than two weeks ago was asked how it goes; most have answered."""
    r = stage.random
    for days in range(7, 0, -1):
        intake.ask_due_follow_ups(now=stage.at(stage.now.date() - timedelta(days=days), 12))
    asked = FollowUp.objects.exclude(asked_at=None)
    for follow_up in asked.order_by("due_on", "participation__person__sort_key", "participation__opened_at"):
        if r.random() < 0.7:
            answers = {"situation": r.choice(names.SITUATIONS), "better": r.choice(["yes", "yes", "no"])}
            told = follow_up.asked_at + timedelta(hours=r.randint(1, 9))
            intake.answer_follow_up(follow_up=follow_up, answers=answers, now=told)


def deliver(stage: Stage):
    """What was written on the way arrived on its day: the mailbox reads like seven months of post."""
    for message in OutgoingMessage.objects.due(stage.now):
        send_message(message_id=message.pk, now=message.not_before)
