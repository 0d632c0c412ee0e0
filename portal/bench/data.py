"""Made-up rows of a chosen size, in the shape of the walked demo (a test compares the two)."""

import random
import uuid
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from accounts.enums import Education, Employment, Gender, Role
from accounts.models import Membership, User, YoungPerson
from foundation.communications.models import Thread, ThreadMessage
from foundation.privacy.models import Event
from foundation.questionnaires import queries as questionnaires
from foundation.questionnaires.models import AnswerSheet
from intake.enums import (
    ActionKind,
    ActionState,
    AppointmentKind,
    AppointmentState,
    Ending,
    ParticipationState,
    PlanState,
)
from intake.models import (
    Appointment,
    Interview,
    Participation,
    Plan,
    PlanAction,
    PlanGoal,
    Reception,
)
from intake.queries import INTERVIEW_KEY
from migwork.crypto import encrypt
from migwork.text import sort_key
from pathways.actions import renew_search
from pathways.enums import AttendanceState, EnrolmentState, Family, OpportunityState, RunState
from pathways.models import Attendance, Enrolment, Opportunity, Run, Session
from portal.bench.agenda import fill_agendas
from portal.bench.copying import copy
from portal.bench.internships import fill_internships
from programme.enums import Tie
from programme.models import Edition
from reporting.models import Expense

ROME = ZoneInfo("Europe/Rome")
FIRST_NAMES = ["Amina", "Luca", "Sofia", "Omar", "Giulia", "Mattia", "Chiara", "Yasmin", "Davide", "Elena", "Niccolò"]
LAST_NAMES = ["Rossi", "Bianchi", "Ferrari", "Colombo", "Haddad", "Russo", "Ricci", "Marino", "Esposito", "Dàvila"]
TRADES = ["Barman", "Falegnameria", "Assistenza digitale", "Manutenzione idrica", "Scuderia", "Cucina", "Sartoria"]
# How many of a hundred people stand in each state, as in the walked demo.
ENDINGS = {ParticipationState.CLOSED: Ending.WORK, ParticipationState.DROPPED: Ending.MOVED}
STATES = [
    (ParticipationState.REGISTERED, 12),
    (ParticipationState.RECEIVED, 13),
    (ParticipationState.INTERVIEWED, 10),
    (ParticipationState.PLAN_DRAFT, 10),
    (ParticipationState.PLAN_AGREED, 10),
    (ParticipationState.IN_PROGRESS, 30),
    (ParticipationState.CLOSED, 10),
    (ParticipationState.DROPPED, 5),
]
WITH_PLAN = {
    ParticipationState.PLAN_DRAFT,
    ParticipationState.PLAN_AGREED,
    ParticipationState.IN_PROGRESS,
    ParticipationState.CLOSED,
}
STARTED = {ParticipationState.IN_PROGRESS, ParticipationState.CLOSED}
OPEN_CASES_PER_OPERATOR = 60


class Filler:
    """Fills an empty database. `now` is the clock; the same seed makes the same rows."""

    def __init__(self, *, persons, opportunities, now, internships=None, seed=1):
        self.persons, self.opportunities, self.now = persons, opportunities, now
        # As many as the demo's people have.
        self.internships = internships or max(20, persons * 6 // 100)
        self.random = random.Random(seed)
        self.text = encrypt("Cerca un lavoro nella ristorazione, vorrebbe finire la scuola serale.")
        self.answers = encrypt('{"now": {"situation": "Ha lasciato la scuola a giugno."}}')

    def uuid(self):
        return uuid.UUID(int=self.random.getrandbits(128), version=4)

    def moment(self, days_ago):
        """A working hour `days_ago` days before now."""
        day = self.now.astimezone(ROME).date() - timedelta(days=days_ago)
        return datetime.combine(day, time(self.random.randint(9, 16), self.random.choice([0, 15, 30, 45])), ROME)

    def fill(self):
        self.programme()
        self.staff()
        self.people()
        self.catalogue()
        self.talks()
        self.messages()
        self.plans()
        self.enrol()
        fill_internships(self)
        self.money()
        self.events()
        fill_agendas(people=self.people_rows, lead=self.lead, now=self.now, zone=ROME, uuid=self.uuid)

    def programme(self):
        start = (self.now.date().replace(day=1) - timedelta(days=200)).replace(day=1)
        folder = Path(settings.BASE_DIR) / "programme" / "editions"
        call_command("load_edition", folder / "ordinary.toml", verbosity=0)
        call_command("load_edition", folder / "mig-work-2020.toml", starting=start, demo=True, verbosity=0)
        call_command(
            "load_questionnaire",
            *sorted((Path(settings.BASE_DIR) / "intake" / "questionnaires").glob("*.toml")),
            verbosity=0,
        )
        self.edition = Edition.objects.get(code="mig-work-2020")
        self.questionnaire = questionnaires.current(INTERVIEW_KEY)
        self.macro = {m.number: m for m in self.edition.macro_actions.all()}
        self.lead = self.edition.partnerships.get(is_lead=True).organisation
        self.partners = [p.organisation for p in self.edition.partnerships.filter(is_lead=False)]
        self.trainers = [p for p in self.partners if p.code not in ("codici", "icei")]

    def staff(self):
        def member(email, organisation, role):
            user = User.objects.create_user(email, name=email.split("@")[0].title(), date_joined=self.now)
            Membership.objects.create(user=user, organisation=organisation, role=role, since=self.now)
            return user

        count = max(5, self.persons * 85 // 100 // OPEN_CASES_PER_OPERATOR)
        users = [(self.uuid(), f"operatore{i}@example.org") for i in range(count)]
        copy(User, ["id", "email", "name"], ((k, e, e.split("@")[0]) for k, e in users))
        copy(
            Membership,
            ["user", "organisation", "role", "since"],
            ((k, self.lead.pk, Role.OPERATOR, self.now) for k, _ in users),
        )
        self.operators = [k for k, _ in users]
        self.coordinator = member("coordinatore@example.org", self.lead, Role.COORDINATOR)
        self.staff_of = {o.pk: member(f"staff-{o.code}@example.org", o, Role.PARTNER_STAFF) for o in self.partners}

    def people(self):
        r = self.random
        self.people_rows = []
        states = [s for s, share in STATES for _ in range(share)]
        for i in range(self.persons):
            opened = r.randint(3, 200)
            self.people_rows.append(
                (
                    self.uuid(),
                    self.uuid(),
                    self.uuid(),
                    r.choice(states),
                    opened,
                    self.operators[i % len(self.operators)],
                )
            )
        names = [(r.choice(FIRST_NAMES), f"{r.choice(LAST_NAMES)} {i}") for i in range(self.persons)]
        copy(
            User,
            ["id", "email", "name", "date_joined"],
            ((u, f"persona{i}@example.org", names[i][0], self.now) for i, (_, u, *_x) in enumerate(self.people_rows)),
        )
        today = self.now.date()

        def person(i, row):
            born = today - timedelta(days=r.randint(16 * 366 + 210, 34 * 365))
            return (
                row[0], row[1], *names[i], born, f"persona{i}@example.org", Tie.LIVES, "Milano", 1 + i % 9, "IT",
                r.choice([g for g in Gender if g]), r.choice(list(Education)), r.choice(list(Employment)),
                sort_key(names[i][1], names[i][0]), self.now,
            )  # fmt: skip

        copy(
            YoungPerson,
            ["id", "user", "first_name", "last_name", "birth_date", "email", "tie", "municipality", "municipio",
             "citizenship", "gender", "education", "employment", "sort_key", "created_at"],
            (person(i, row) for i, row in enumerate(self.people_rows)),
        )  # fmt: skip
        copy(
            Participation,
            ["id", "person", "edition", "state", "operator", "opened_at", "state_since", "closed_at", "ending",
             "last_contact_at"],
            (
                (pk, person_pk, self.edition.pk, state, None if state == ParticipationState.REGISTERED else operator,
                 opened_at := self.moment(opened), opened_at + timedelta(days=2),
                 opened_at + timedelta(days=2) if state in (ParticipationState.CLOSED, ParticipationState.DROPPED) else None,
                 ENDINGS.get(state, ""),
                 None if state == ParticipationState.REGISTERED else self.moment(self.random.randint(0, opened)))
                for person_pk, _, pk, state, opened, operator in self.people_rows
            ),
        )  # fmt: skip

    def catalogue(self):
        r = self.random
        today = self.now.date()
        families = list(Family)
        rows = []
        for i in range(self.opportunities):
            family = families[i % len(families)]
            organisation = self.trainers[i % len(self.trainers)]
            title = f"{r.choice(TRADES)} {i}"
            number = 4 if family in (Family.TRAINING, Family.INTERNSHIP, Family.JOB_SHADOWING) else 3
            rows.append((f"attivita-{i}", organisation.pk, self.macro[number].pk, family, title, r.randint(-60, 60)))
        copy(
            Opportunity,
            ["slug", "organisation", "macro_action", "family", "title", "edition", "summary", "description", "for_whom",
             "what_you_get", "what_you_need", "place", "municipio", "contact", "state", "checked_on", "created_at",
             "next_start_on"],
            (
                (slug, organisation, macro, family, title, self.edition.pk, f"Impari {title.lower()} facendo.",
                 "Lezioni in piccoli gruppi e prove pratiche con chi fa questo lavoro. " * 3,
                 "Per chi ha tra 16 e 34 anni e vuole provare.", "Un attestato e un tirocinio di prova.",
                 "Voglia di fare.", "Milano, via Dogana 2", 1 + i % 9, "informagiovani@example.org",
                 OpportunityState.PUBLISHED, today, self.now, today + timedelta(days=start) if start >= 0 else None)
                for i, (slug, organisation, macro, family, title, start) in enumerate(rows)
            ),
        )  # fmt: skip
        keys = dict(Opportunity.objects.values_list("slug", "pk"))
        self.runs = [(self.uuid(), keys[slug], start, organisation) for slug, organisation, _, _, _, start in rows]
        self.capacity = 20
        copy(
            Run,
            ["id", "opportunity", "starts_on", "ends_on", "enrol_by", "hours", "places", "state"],
            (
                (pk, opportunity, day := today + timedelta(days=start), day + timedelta(days=30), day, 40, self.capacity,
                 RunState.PLANNED if start >= 0 else RunState.RUNNING)
                for pk, opportunity, start, _ in self.runs
            ),
        )  # fmt: skip
        copy(
            Session,
            ["run", "starts_at", "ends_at", "place", "recorded_at"],
            (
                (pk, at := datetime.combine(today + timedelta(days=start + 7 * k), time(14), ROME),
                 at + timedelta(hours=4), "Milano", at if at < self.now else None)
                for pk, _, start, _ in self.runs
                for k in range(4)
            ),
        )  # fmt: skip
        renew_search()

    def talks(self):
        received = [row for row in self.people_rows if row[3] != ParticipationState.REGISTERED]
        copy(
            Reception,
            ["participation", "organisation", "by", "at", "channel", "need", "next_step"],
            (
                (row[2], self.lead.pk, row[5], self.moment(row[4] - 1), "walk_in", self.text, "Colloquio")
                for row in received
            ),
        )
        copy(
            Appointment,
            ["id", "participation", "operator", "organisation", "kind", "starts_at", "ends_at", "state", "booked_at"],
            (
                (self.uuid(), row[2], row[5], self.lead.pk, AppointmentKind.INTERVIEW, at := self.moment(row[4] - 1),
                 at + timedelta(minutes=45), AppointmentState.SEEN, at - timedelta(days=1))
                for row in received
            ),
        )  # fmt: skip
        interviewed = [row for row in received if row[3] != ParticipationState.RECEIVED]
        sheets = [(self.uuid(), self.moment(row[4] - 2), row) for row in interviewed]
        copy(
            AnswerSheet,
            ["id", "questionnaire", "answers", "marks", "started_at", "saved_at", "locked_at"],
            ((pk, self.questionnaire.pk, self.answers, "{}", at, at, at) for pk, at, _ in sheets),
        )
        copy(
            Interview,
            ["id", "participation", "organisation", "by", "sheet", "started_at", "completed_at"],
            ((self.uuid(), row[2], self.lead.pk, row[5], pk, at, at) for pk, at, row in sheets),
        )

    def messages(self):
        """Of every fifth a thread of three; of every third of those the last one waits."""
        threads = [(self.uuid(), row, i % 3 == 0) for i, row in enumerate(self.people_rows[::5])]
        copy(Thread, ["id", "about", "opened_at"], ((pk, row[0], self.now) for pk, row, _ in threads))
        copy(
            ThreadMessage,
            ["id", "thread", "by", "from_person", "text", "at", "read_at", "read_by"],
            (
                (self.uuid(), pk, row[1 if mine else 5], mine, self.text, at, read, read and row[5 if mine else 1])
                for pk, row, waits in threads
                for n, mine in enumerate((True, False, True))
                for at in [self.moment(9 - n)]
                for read in [None if waits and n == 2 else at + timedelta(hours=1)]
            ),
        )

    def plans(self):
        self.actions = {}
        today = self.now.date()
        planned = [(self.uuid(), self.uuid(), row) for row in self.people_rows if row[3] in WITH_PLAN]
        copy(
            Plan,
            ["id", "participation", "state", "created_at", "agreed_at"],
            (
                (pk, row[2], PlanState.DRAFT if row[3] == ParticipationState.PLAN_DRAFT else PlanState.AGREED,
                 self.moment(row[4] - 3), None if row[3] == ParticipationState.PLAN_DRAFT else self.moment(row[4] - 3))
                for pk, _, row in planned
            ),
        )  # fmt: skip
        copy(PlanGoal, ["id", "plan", "title"], ((g, pk, "Trovare un lavoro che mi piace") for pk, g, _ in planned))

        def actions():
            kinds = [ActionKind.ERRAND, ActionKind.ACTIVITY, ActionKind.INTERNSHIP]
            for _, goal, row in planned:
                for n, kind in enumerate(kinds):
                    pk = self.uuid()
                    state = ActionState.TO_DO
                    if row[3] in STARTED:
                        state = [ActionState.DONE, ActionState.DOING, ActionState.TO_DO][n]
                    if kind == ActionKind.ACTIVITY:
                        self.actions[row[2]] = pk
                    due = today + timedelta(days=self.random.randint(-10, 60))
                    done = self.moment(1) if state == ActionState.DONE else None
                    yield (pk, goal, n, ["Preparare il curriculum", "Frequentare un corso", "Fare un tirocinio"][n], kind,
                           state, due, 0 if n != 1 else 40, row[5], self.now, done)  # fmt: skip

        copy(
            PlanAction,
            ["id", "goal", "position", "title", "kind", "state", "due_on", "hours_planned", "added_by", "added_at", "done_at"],
            actions(),
        )  # fmt: skip

    def enrol(self):
        started = [row for row in self.people_rows if row[3] in STARTED]
        begun = [run for run in self.runs if run[2] < 0] or self.runs
        taken, enrolments = {}, []
        for i, row in enumerate(started):
            run = begun[i % len(begun)]
            if taken.get(run[0], 0) >= self.capacity:
                continue
            taken[run[0]] = taken.get(run[0], 0) + 1
            enrolments.append((self.uuid(), run, row))
        copy(
            Enrolment,
            ["id", "run", "participation", "plan_action", "state", "asked_at", "asked_by"],
            (
                (pk, run[0], row[2], self.actions.get(row[2]), EnrolmentState.ENROLLED, self.moment(min(row[4], 60)), row[1])
                for pk, run, row in enrolments
            ),
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE pathways_run r SET places_taken = e.n FROM (SELECT run_id, count(*) n FROM pathways_enrolment"
                " GROUP BY run_id) e WHERE e.run_id = r.id"
            )
        sessions = {}
        for pk, run in Session.objects.filter(recorded_at__isnull=False).values_list("pk", "run_id"):
            sessions.setdefault(run, []).append(pk)
        copy(
            Attendance,
            ["session", "enrolment", "state", "hours", "recorded_by", "recorded_at"],
            (
                (session, pk, AttendanceState.PRESENT, 4, self.staff_of[run[3]].pk, self.now)
                for pk, run, row in enrolments
                for session in sessions.get(run[0], [])
            ),
        )

    def money(self):
        lines = list(self.edition.budget_lines.all())
        each = max(1, min(3000, self.persons // 50) // len(lines))
        today = self.now.date()
        copy(
            Expense,
            ["id", "line", "supplier", "supplier_key", "document_number", "document_date", "description", "amount",
             "paid_on", "entered_at", "entered_by"],
            (
                (self.uuid(), line.pk, f"Fornitore {n}", f"fornitore {n}", f"{line.pk}-{n}", today - timedelta(days=40),
                 "Docenze", (line.amount / 2 / each).quantize(line.amount), today - timedelta(days=20 if n % 2 else 10),
                 self.now, self.coordinator.pk)
                for line in lines
                for n in range(each)
                if line.amount / 2 / each >= 1
            ),
        )  # fmt: skip

    def events(self):
        """Two for who only signed up, thirty for who went on: as many as the demo's people have."""
        first = ["accounts.person_registered", "intake.participation_opened"]
        later = ["intake.interview_saved", "intake.action_added", "intake.plan_proposed", "pathways.attended"]
        copy(
            Event,
            ["at", "by", "verb", "about", "on_type", "on_id", "fields"],
            (
                (self.moment(max(0, row[4] - n)), row[5], verb, row[0], "intake.participation", str(row[2]), "{}")
                for row in self.people_rows
                for n, verb in enumerate(first if row[3] == ParticipationState.REGISTERED else first + later * 7)
            ),
        )
