"""Internships with all that hangs on them: hosts, timetables, registers, papers, what is due by a day."""

import hashlib
from dataclasses import dataclass
from datetime import date, time, timedelta
from uuid import UUID

from django.core.management import call_command

from foundation.documents.models import Document, PaperKind, SignatureRequest, Signer
from intake.enums import ParticipationState
from intake.models import Referral
from internships.enums import DayState, InternshipKind, InternshipState, ProjectState, TodoKind
from internships.models import (
    DatedTodo,
    Host,
    HostTutor,
    Internship,
    Offer,
    OperatingUnit,
    RegisterChange,
    RegisterDay,
    RegisterMonth,
    TimetableSlot,
    TrainingProject,
)
from internships.workflow import AT_WORK, OPEN_STATES
from migwork.months import add_months
from pathways.enums import Family
from pathways.models import Opportunity
from portal.bench.copying import copy

S, P = InternshipState, ProjectState
# How many of twenty internships stand in each state, when there are years of them.
STATES = [
    *(S.PROPOSED, S.AGREED, S.IN_SIGNATURE, S.SIGNED, S.SUSPENDED, S.CANCELLED),
    *[S.RUNNING] * 4,
    *[S.ENDED_EARLY] * 2,
    *[S.COMPLETED] * 8,
]
STARTED = {ParticipationState.IN_PROGRESS, ParticipationState.CLOSED}
WORKED = {*AT_WORK, S.COMPLETED, S.ENDED_EARLY}
BEFORE = {S.PROPOSED, S.AGREED, S.IN_SIGNATURE, S.SIGNED}
OFFERED = {Family.INTERNSHIP: InternshipKind.EXTRACURRICULAR, Family.JOB_SHADOWING: InternshipKind.SHADOWING}
DIGEST = hashlib.sha256(b"").hexdigest()


@dataclass
class Intern:
    """One internship to be. `luck` is between 0 and 1: by it one in so many is late with something."""

    pk: UUID
    referral: UUID
    person: tuple
    promoter: int
    state: str
    place: int
    luck: float
    starts_on: date
    ends_on: date

    def days(self, today: date):
        """The working days of its register; of those that are over the first twenty."""
        last = min(today - timedelta(days=1), self.ends_on)
        days = (self.starts_on + timedelta(days=n) for n in range((last - self.starts_on).days + 1))
        days = [day for day in days if day.weekday() < 5]
        return days if self.state in AT_WORK else days[:20]


def fill_internships(filler) -> None:
    """As many as `filler.internships`; who has several has finished the earlier ones."""
    call_command("load_papers", verbosity=0)
    call_command("load_rules", verbosity=0)
    today = filler.now.date()
    interns = list(_interns(filler, today))
    _hosts_and_rows(filler, interns)
    _offers(filler)
    _registers(filler, interns, today)
    _papers(filler, interns)
    _todos(filler, interns, today)


def _offers(filler):
    """Behind each opportunity that is an internship its offer, all at the first workplace."""
    unit, tutor = OperatingUnit.objects.order_by("pk").first(), HostTutor.objects.order_by("pk").first()
    kinds = {pk: OFFERED.get(family) for pk, family in Opportunity.objects.values_list("pk", "family")}
    copy(
        Offer,
        ["id", "opportunity", "run", "unit", "kind", "host_tutor", "weekly_hours", "allowance", "answered_by",
         "created_at", "created_by"],
        (
            (filler.uuid(), opportunity, run, unit.pk, kinds[opportunity], tutor.pk, 25, "500 € al mese",
             filler.staff_of[organisation].pk, filler.now, filler.staff_of[organisation].pk)
            for run, opportunity, _start, organisation in filler.runs
            if kinds[opportunity]
        ),
    )  # fmt: skip


def _interns(filler, today):
    r = filler.random
    people = [row for row in filler.people_rows if row[3] in STARTED]
    for n in range(filler.internships):
        # Nobody has two under way.
        state = STATES[n % len(STATES)] if n < len(people) else S.COMPLETED
        luck = r.random()
        if state in BEFORE:
            starts_on = today + timedelta(days=-r.randint(1, 9) if luck < 0.05 else r.randint(2, 40))
        elif state in AT_WORK:
            starts_on = today - timedelta(days=r.randint(20, 100))
        else:
            starts_on = today - timedelta(days=r.randint(130, 190))
        ends_on = starts_on + timedelta(days=r.randint(90, 120))
        promoter = filler.trainers[n % len(filler.trainers)].pk
        person = people[n % len(people)]
        yield Intern(filler.uuid(), filler.uuid(), person, promoter, state, n, luck, starts_on, ends_on)


def _hosts_and_rows(filler, interns):
    hosts = max(10, len(interns) // 4)
    copy(
        Host,
        ["name", "vat_number", "sort_key", "created_at"],
        ((f"Bottega {i}", f"{i:011d}", f"bottega {i:06d}", filler.now) for i in range(hosts)),
    )
    keys = list(Host.objects.order_by("pk").values_list("pk", flat=True))
    copy(
        OperatingUnit,
        ["host", "address", "municipality", "headcount"],
        ((k, "via Roma 1", "Milano", 12) for k in keys),
    )
    copy(HostTutor, ["host", "name", "email"], ((k, "Mario Rossi", f"tutor{k}@example.org") for k in keys))
    units = list(OperatingUnit.objects.order_by("pk").values_list("pk", flat=True))
    tutors = list(HostTutor.objects.order_by("pk").values_list("pk", flat=True))
    copy(
        Referral,
        ["id", "participation", "organisation", "purpose", "state", "sent_at", "sent_by", "answered_at", "answered_by"],
        (
            (row.referral, row.person[2], row.promoter, "internship", "accepted", filler.moment(70), row.person[5],
             filler.moment(69), filler.staff_of[row.promoter].pk)
            for row in interns
        ),
    )  # fmt: skip
    copy(
        Internship,
        ["id", "participation", "promoter", "macro_action", "referral", "unit", "host_tutor", "promoter_tutor", "title",
         "starts_on", "ends_on", "weekly_hours", "state", "state_since", "created_at", "created_by"],
        (
            (row.pk, row.person[2], row.promoter, filler.macro[4].pk, row.referral, units[row.place % hosts],
             tutors[row.place % hosts], filler.staff_of[row.promoter].pk, "Aiuto al banco", row.starts_on, row.ends_on,
             25, row.state, filler.now, filler.now, filler.staff_of[row.promoter].pk)
            for row in interns
        ),
    )  # fmt: skip


def _registers(filler, interns, today):
    """Days as people write them: the last week waits for the host, of one in fifty longer; months are closed."""
    worked = [row for row in interns if row.state in WORKED]

    def state_of(row, day):
        waits = 21 if row.luck < 0.02 else 7
        if row.state in AT_WORK and day > today - timedelta(days=waits):
            return DayState.DISPUTED if row.luck > 0.98 else DayState.PROPOSED
        return DayState.CONFIRMED

    copy(
        RegisterDay,
        ["internship", "on", "hours", "state", "dispute", "recorded_by", "recorded_at"],
        (
            (row.pk, day, 5, state, filler.text if state == DayState.DISPUTED else "", row.person[1], filler.now)
            for row in worked
            for day in row.days(today)
            for state in [state_of(row, day)]
        ),
    )
    copy(
        RegisterChange,
        ["internship", "on", "was_state", "state", "hours", "at", "by"],
        (
            (row.pk, day, "", DayState.PROPOSED, 5, filler.now, row.person[1])
            for row in worked
            for day in row.days(today)
        ),
    )
    copy(
        TimetableSlot,
        ["internship", "valid_from", "weekday", "starts_at", "ends_at"],
        (
            (row.pk, row.starts_on, weekday, time(9), time(14))
            for row in interns
            if row.state not in (S.PROPOSED, S.CANCELLED)
            for weekday in range(5)
        ),
    )
    copy(
        RegisterMonth,
        ["internship", "first", "closed_at", "closed_by"],
        (
            (row.pk, first, filler.now, filler.staff_of[row.promoter].pk)
            for row in worked
            for first in _closed(row, today)
        ),
    )


def _closed(row, today):
    """The months that are over; of one in twenty the last is still open."""
    first, firsts = row.starts_on.replace(day=1), []
    while first < min(today, row.ends_on).replace(day=1):
        firsts.append(first)
        first = add_months(first, 1)
    return firsts[:-1] if 0.5 < row.luck < 0.55 else firsts


def _papers(filler, interns):
    """A training project for each that is agreed; those being signed have two of four signatures."""
    turns = [P.PROMOTER, P.HOST, P.INTERN, P.READY]
    kind = PaperKind.objects.get(code="training-project").pk
    year = filler.now.year
    made = [
        (row, filler.uuid(), filler.uuid() if row.state != S.AGREED else None)
        for row in interns
        if row.state not in (S.PROPOSED, S.CANCELLED)
    ]
    copy(
        Document,
        ["id", "kind", "year", "number", "title", "language", "about", "file", "sha256", "made_at"],
        (
            (document, "training-project", year, n, "Progetto formativo", "it", row.person[0], "x.pdf", DIGEST,
             filler.now)
            for n, (row, _project, document) in enumerate(made, start=1)
            if document
        ),
    )  # fmt: skip

    def state_of(row):
        if row.state == S.AGREED:
            return turns[row.place // len(STATES) % len(turns)]
        return P.IN_SIGNATURE if row.state == S.IN_SIGNATURE else P.SIGNED

    copy(
        TrainingProject,
        ["id", "internship", "state", "state_since", "created_at", "created_by", "host_key", "document", "signed_on"],
        (
            (project, row.pk, state_of(row), filler.moment(6), filler.moment(9), filler.staff_of[row.promoter].pk,
             filler.uuid(), document, row.starts_on if state_of(row) == P.SIGNED else None)
            for row, project, document in made
        ),
    )  # fmt: skip
    asked = [(filler.uuid(), *rest) for rest in made if rest[0].state == S.IN_SIGNATURE]
    copy(
        SignatureRequest,
        ["id", "kind", "document", "about", "on_type", "on_id", "asked_at", "ends_at", "least_assurance"],
        (
            (pk, kind, document, row.person[0], "internships.trainingproject", str(project), filler.now,
             filler.now + timedelta(days=30), 2)
            for pk, row, project, document in asked
        ),
    )  # fmt: skip
    copy(
        Signer,
        ["id", "request", "role", "name", "language", "contact_from", "identity_checked", "state", "assurance",
         "acted_at", "wording_sha256"],
        (
            (filler.uuid(), request, role, "Mario Rossi", "it", "staff", True, "signed" if signs else "waiting",
             2 if signs else None, filler.now if signs else None, DIGEST if signs else "")
            for request, *_rest in asked
            for role, signs in (("promoter", True), ("host", False), ("person", True), ("tutor", False))
        ),
    )  # fmt: skip


def _todos(filler, interns, today):
    """Notice, insurance and registration: done in time, but of one in fifty."""

    def rows():
        for row in interns:
            if row.state in (S.PROPOSED, S.CANCELLED):
                continue
            for kind, days in ((TodoKind.NOTICE_START, -1), (TodoKind.INSURANCE, -1), (TodoKind.REGISTRATION, 30)):
                due_on = row.starts_on + timedelta(days=days)
                late = row.state in OPEN_STATES and kind == TodoKind.REGISTRATION and 0.7 < row.luck < 0.72
                done = (due_on <= today + timedelta(days=2) or row.state not in OPEN_STATES) and not late
                by = filler.staff_of[row.promoter].pk
                yield (
                    filler.uuid(), row.pk, kind, due_on, min(due_on, today) if done else None,
                    filler.now if done else None, by if done else None, "1500126200345678" if done else "",
                )  # fmt: skip

    copy(
        DatedTodo,
        ["id", "internship", "kind", "due_on", "done_on", "done_at", "done_by", "reference"],
        rows(),
    )
