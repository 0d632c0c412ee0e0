"""Loads the demo at a given moment, says what people would see and how long it took, and leaves nothing.

A process of its own, so that it has its own order of sets (PYTHONHASHSEED):

    DATABASE_URL=… python -m tests.portal.loading 2026-05-05T09:30:00+02:00
"""

import json
import os
import re
import sys
import time
from contextlib import redirect_stdout
from datetime import datetime

# Seconds of `floor` on an ordinary machine with nothing else to do: an estimate, 0.75 on a slow evening.
FLOOR = 0.6
PERSON = ("first_name", "last_name", "birth_date")
PARTICIPANT = tuple(f"participation__person__{name}" for name in PERSON)
FIGURES = ("targets", "indicators", "macro_actions", "partners", "funnel", "states", "internships", "budget")
# A key, also as it stands in the links by which one answers without signing in.
LINKS = "come-e-andata|seguito|valutazione|copia|sei-mesi-dopo|candidatura|da-confermare"
KEYS = re.compile(rf"({LINKS})/\S+|[0-9a-f]{{8}}(-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}}|'id': \d+")


def tables():
    """Of each kind of row what a page shows of it, never a key."""
    from accounts.models import Membership, PrivacyRequest, YoungPerson
    from foundation.communications.models import OutgoingMessage, ThreadMessage
    from foundation.privacy.models import Access, Event
    from foundation.questionnaires.models import AnswerSheet
    from intake.models import (
        Appointment,
        Availability,
        CallRequest,
        Cv,
        CvEntry,
        EarlierWish,
        FollowUp,
        Participation,
        PersonSkill,
        Plan,
        PlanAction,
        PlanSignature,
        QueueEntry,
        Reception,
        Referral,
        Slot,
        TalkFeedback,
    )
    from internships.models import Application, EndPaper, Evaluation, Internship, InternshipOutcome, RegisterDay
    from pathways.models import Attendance, Enrolment, Opportunity, Run, Session
    from programme.models import BudgetLine
    from reporting.models import Expense, Figures

    enrolled = tuple(f"enrolment__{name}" for name in (*PARTICIPANT, "run__opportunity__title"))
    of_plan = tuple(f"plan__{name}" for name in PARTICIPANT)
    of_action = tuple(f"goal__{name}" for name in of_plan)
    intern = tuple(f"internship__{name}" for name in (*PARTICIPANT, "unit__host__name"))
    line = tuple(f"line__{name}" for name in ("partnership__organisation__code", "cost_item__code", "funder__code"))
    return {
        Membership: ("user__name", "user__email", "organisation__code", "role", "since"),
        YoungPerson: (*PERSON, "gender", "citizenship", "tie", "email", "phone", "municipality", "municipio",
                      "education", "employment", "user__name", "created_at"),
        PrivacyRequest: (*(f"person__{name}" for name in PERSON), "kind", "text", "asked_at", "asked_by__name",
                         "due_on", "state", "answer", "answered_at"),
        Access: ("at", "by__name", "what", "why", "as_role", "organisation"),
        Participation: (*(f"person__{name}" for name in PERSON), "edition__name", "state", "channel", "operator__name",
                        "opened_at", "state_since", "last_contact_at", "closed_at", "ending", "outcome"),
        FollowUp: (*PARTICIPANT, "moment", "due_on"),
        Reception: (*PARTICIPANT, "by__name", "at", "channel", "sent_by", "need", "next_step"),
        Appointment: (*PARTICIPANT, "operator__name", "kind", "starts_at", "ends_at", "state", "booked_at"),
        Availability: ("operator__name", "kind", "rule", "opens_at", "closes_at", "published_at"),
        Slot: ("operator__name", "kind", "starts_at", "places", "taken", "is_open"),
        TalkFeedback: ("appointment__starts_at", "face", "sentence", "at"),
        PersonSkill: (*(f"person__{name}" for name in PERSON), "skill__uri", "level", "evidence", "added_by__name",
                      "added_at"),
        Cv: (*(f"person__{name}" for name in PERSON), "about", "shows_phone", "changed_at"),
        CvEntry: (*(f"person__{name}" for name in PERSON), "kind", "title", "place", "began", "ended", "level",
                  "added_at"),
        ThreadMessage: ("at", "by__name", "text", "from_person"),
        CallRequest: (*PARTICIPANT, "phone", "time", "asked_at", "tries", "tried_at"),
        EarlierWish: ("appointment__starts_at", "asked_at"),
        QueueEntry: ("participation__person__last_name", "first_name", "wants", "state", "called_by__name",
                     "arrived_at", "called_at", "received_at", "left_at"),
        AnswerSheet: ("started_at", "saved_at", "locked_at", "answers"),
        Plan: (*PARTICIPANT, "state", "version", "review_on", "created_at", "agreed_at"),
        PlanSignature: (*of_plan, "version", "by__name", "as_operator", "at", "wording"),
        PlanAction: (*of_action, "goal__title", "position", "title", "kind", "state", "due_on", "hours_planned",
                     "hours_done", "added_at", "done_at"),
        Referral: (*PARTICIPANT, "organisation__code", "state", "note", "sent_at", "answered_at", "answer"),
        Opportunity: ("title", "family", "organisation__code", "state", "next_start_on"),
        Run: ("opportunity__title", "starts_on", "ends_on", "enrol_by", "hours", "places", "places_taken", "state"),
        Session: ("run__opportunity__title", "starts_at", "ends_at", "place", "recorded_at"),
        Enrolment: (*PARTICIPANT, "run__opportunity__title", "run__starts_on", "state", "asked_at", "ended_at"),
        Attendance: (*enrolled, "session__starts_at", "state", "hours", "recorded_at"),
        Internship: (*PARTICIPANT, "unit__host__name", "host_tutor__name", "promoter__code", "title", "starts_on",
                     "ends_on", "weekly_hours", "state", "state_since", "reason"),
        RegisterDay: (*intern, "on", "hours"),
        Application: (*PARTICIPANT, "offer__opportunity__title", "state", "sent_at", "host_answer", "interview_at"),
        Evaluation: (*intern, "side", "asked_at", "done_at"),
        EndPaper: (*intern, "kind", "hours", "competences", "issued_at"),
        InternshipOutcome: (*intern, "kind", "hired_on", "recorded_at"),
        BudgetLine: ("partnership__organisation__code", "macro_action__number", "cost_item__code", "amount"),
        Expense: (*line, "supplier", "document_number", "document_date", "description", "amount", "paid_on"),
        Figures: ("edition__name", *(f"data__{name}" for name in FIGURES)),
        OutgoingMessage: ("channel", "to", "subject", "text", "state", "not_before", "sent_at"),
        # By the day: that the edition was loaded bears the hour of loading.
        Event: ("at__date", "by__name", "verb", "fields"),
    }  # fmt: skip


def seen() -> dict:
    """The rows of each table as sorted lines, the keys in links and figures blotted out."""
    return {
        model.__name__: sorted(KEYS.sub("…", repr(row)) for row in model.objects.order_by().values_list(*names))
        for model, names in tables().items()
    }


def load(moment: datetime) -> dict:
    import time_machine
    from django.core.management import call_command
    from django.db import transaction

    with transaction.atomic(), time_machine.travel(moment, tick=True):
        before = floor()
        seconds = time.perf_counter()
        with redirect_stdout(sys.stderr):
            call_command("load_demo")
        seconds = time.perf_counter() - seconds
        slowness = max(1, (before + floor()) / 2 / FLOOR)
        rows = seen()
        transaction.set_rollback(True)
    return {"rows": rows, "seconds": seconds, "slowness": slowness}


def floor() -> float:
    """Seconds for a fixed piece of the same kind of work: a thousand rows written and read one by one."""
    from programme.models import Organisation

    began = time.perf_counter()
    for number in range(1000):
        made = Organisation.objects.create(code=f"floor-{number}", name="Floor", short_name="Floor")
        Organisation.objects.get(pk=made.pk)
    seconds = time.perf_counter() - began
    Organisation.objects.filter(code__startswith="floor-").delete()
    return seconds


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "migwork.settings.test"
    import django

    django.setup()
    json.dump(load(datetime.fromisoformat(sys.argv[1])), sys.stdout)
