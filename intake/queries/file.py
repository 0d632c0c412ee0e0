"""A person's file and what stands in it."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone, translation

from accounts.enums import Role
from accounts.models import Representation
from accounts.queries import (
    everybody_who_is,
    merges_into,
    reach,
    signing_for,
)
from foundation.communications.queries import failures_about, preferences_of
from foundation.privacy.models import Event
from foundation.questionnaires import queries as questionnaires
from foundation.questionnaires.enums import SectionState
from intake.enums import AppointmentState
from intake.models import (
    Appointment,
    Handover,
    Interview,
    Note,
    Participation,
    PlanGoal,
    QueueEntry,
    Reception,
    Referral,
    sees_everybody,
)
from intake.queries.desk import OPERATOR_S_NAME
from migwork.prepared import Prepared
from migwork.words import word_for

# How much of a person's story is told at once.
STORY = 15
# Saves while typing are for the audit trail; a timeline of them would hide the rest. That there is a
# protected note is for the case team alone, while coordinators read the story too.
NOT_IN_THE_STORY = [
    "intake.interview_saved",
    "intake.interview_viewed",
    "intake.action_hours",
    "intake.cv_entry_changed",
    "intake.skill_changed",
    # One line a visit is enough: that they came.
    "intake.queue_called",
    "intake.queue_put_back",
    "intake.queue_received",
    "intake.queue_left",
    # The note says so itself, to those who read it.
    "intake.note_corrected",
    # Whoever gave it must not be pressed about it.
    "intake.feedback_given",
    "communications.messages_read",
    "accounts.special_recorded",
    "accounts.special_removed",
    "accounts.mark_set",
]


def participation_for(user, pk) -> Participation | None:
    """A participation with all that a page about it shows; None if `user` may not see it."""
    if sees_everybody(user):
        return _participation.first(pk=pk)
    return with_all(Participation.objects.visible_to(user).filter(pk=pk)).first()


def file_for(user, pk) -> Participation | None:
    """The same for the file itself, with marks of what only some files have: the others need no read for it.

    `has_appointments` to come, `has_come` to a desk and not left, `has_lost` messages, `has_preference` how to be
    written to, `has_merges`, `has_handovers` from one operator to another. And `signing`: who signs for a minor.
    """
    if sees_everybody(user):
        return _file.first(pk=pk)
    return _with_marks(with_all(Participation.objects.visible_to(user).filter(pk=pk))).first()


class Signing(NamedTuple):
    """Who signs for a minor, and by what right in words."""

    name: str
    kind: str


def planned_for(user, pk) -> Participation | None:
    """The same for pages of the plan, with the mark `has_bare_goals`: some have no step yet, and are read apart."""
    if sees_everybody(user):
        return _planned.first(pk=pk)
    return _with_mark_of_plan(with_all(Participation.objects.visible_to(user).filter(pk=pk))).first()


def who_signs(participation) -> list[Signing] | None:
    """Who signs for a minor, perhaps nobody yet; None for who is of age. `participation` comes from `file_for`."""
    if participation.person.is_of_age_on(timezone.localdate()):
        return None
    return [Signing(row["name"], word_for(Representation, "kind", row["kind"])) for row in participation.signing]


def _with_marks(rows):
    person = OuterRef("person_id")
    return rows.annotate(
        has_appointments=Exists(booked(OuterRef("pk"))),
        has_come=Exists(QueueEntry.objects.here().filter(participation=OuterRef("pk"))),
        has_lost=Exists(failures_about(everybody_who_is(OuterRef(person)))),
        has_preference=Exists(preferences_of(person)),
        has_merges=Exists(merges_into(person)),
        has_handovers=Exists(Handover.objects.filter(participation=OuterRef("pk"))),
        signing=signing_for(person),
    )


def _with_mark_of_plan(rows):
    bare = PlanGoal.objects.filter(plan__participation=OuterRef("pk"), actions=None)
    return rows.annotate(has_bare_goals=Exists(bare))


def with_all(rows):
    """`rows` of participations with person, edition, operator and plan."""
    return rows.select_related("person", "edition", "operator", "plan").defer(
        *("edition__elsewhere", "operator__password")
    )


_participation = Prepared(lambda pk: with_all(Participation.with_merged.filter(pk=pk)))


_planned = Prepared(lambda pk: _with_mark_of_plan(with_all(Participation.with_merged.filter(pk=pk))))


_file = Prepared(lambda pk: _with_marks(with_all(Participation.with_merged.filter(pk=pk))))


class Told(NamedTuple):
    """One line of a person's story: when, what was done (a verb), who did it, and the key of what it was done on."""

    at: datetime
    verb: str
    by: str
    on: str


def story(participation, *, whole=False) -> list[Told]:
    """The latest events about the person, newest first: one more than STORY, or up to two hundred.

    `participation` comes from `file_for`.
    """
    rows = (_whole_story if whole else _late_story)(person=participation.person_id, was_merged=participation.has_merges)
    return [Told(at, verb, name or email or phone or "", on) for at, verb, name, email, phone, on in rows]


def notes_told(events) -> dict[str, Note]:
    """The notes that a story tells of, by key; for the case team alone. No query where there are none."""
    keys = [event.on for event in events if event.verb == "intake.note_written"]
    return {str(note.pk): note for note in Note.objects.filter(pk__in=keys)} if keys else {}


def _events_about(person, was_merged, size):
    # Of one id the index gives the latest at once; of several all are sorted.
    events = Event.objects.about(everybody_who_is(person) if was_merged else [person]).exclude(
        verb__in=NOT_IN_THE_STORY
    )
    return events.values_list("at", "verb", "by__name", "by__email", "by__phone", "on_id")[:size]


# Planned once: with places for the verbs and the number PostgreSQL plans each of these anew each time.
_late_story = Prepared(lambda person, was_merged: _events_about(person, was_merged, STORY + 1), plan_once=True)


_whole_story = Prepared(lambda person, was_merged: _events_about(person, was_merged, 200), plan_once=True)


def may_send_signing_links(user, request) -> bool:
    """Partners to whom the person is referred: they may ask for a missing signature again."""
    partner = bool(user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))
    return partner and Participation.objects.filter(person=request.about).visible_to(user).exists()


def followers_of(person) -> list:
    """The operators who follow this person now (accounts.hooks.who_follows)."""
    rows = Participation.objects.open().filter(person=person, operator__is_active=True)
    return [row.operator for row in rows.select_related("operator").order_by("opened_at", "pk")]


def is_reachable(row) -> bool:
    """Whether messages can reach the person of a file (see `file_for`)."""
    person = row.person
    if person.safe_contact or row.has_preference:
        return reach(person) is not None
    return bool(person.email or person.phone)


def booked(participation) -> QuerySet[Appointment]:
    """What is booked and has no outcome yet, for a condition in another query."""
    return Appointment.objects.filter(participation=participation, state=AppointmentState.BOOKED)


def coming_appointments(participation) -> list[Appointment]:
    """The same to be shown, also where the hour is past."""
    return _coming(participation=participation.pk) if participation.may_have("appointments") else []


_coming = Prepared(
    lambda participation: (
        booked(participation)
        .select_related("operator")
        .only("kind", "mode", "place", "state", "starts_at", "ends_at", "plan_action", *OPERATOR_S_NAME)
        .order_by("starts_at")[:10]
    )
)


class Holder(NamedTuple):
    """Who followed somebody, from when until when (None: still), and what was written to them when they took over."""

    operator: object
    since: datetime
    until: datetime | None
    note: str


def holders(participation) -> list[Holder]:
    """Who followed this person, the first one first; empty where it was never handed over."""
    rows = list(participation.handovers.select_related("gave", "took"))
    if not rows:
        return []
    reception = reception_of(participation)
    first = reception.at if reception else participation.opened_at
    found = [Holder(rows[0].gave, min(first, rows[0].at), rows[0].at, "")] if rows[0].gave_id else []
    for row, following in zip(rows, [*rows[1:], None], strict=True):
        found.append(Holder(row.took, row.at, following and following.at, row.note))
    return found


def reception_of(participation) -> Reception | None:
    """The first talk, or None."""
    return Reception.objects.filter(participation=participation).select_related("by").first()


def appointments_of(participation) -> list[Appointment]:
    """All appointments of the person, latest first."""
    return list(participation.appointments.select_related("operator").order_by("-starts_at"))


def interviews_of(participation) -> list[Interview]:
    """All interviews of the person, latest first."""
    return list(participation.interviews.select_related("by").order_by("-started_at"))


def notes_of(participation) -> list[Note]:
    """All notes about the person, latest first."""
    return list(participation.notes.select_related("by"))


def referrals_of(participation) -> list[Referral]:
    """All referrals of the person, latest first."""
    return list(participation.referrals.select_related("organisation", "plan_action", "sent_by"))


def last_place(user) -> str:
    """Where the operator met somebody last: most often the same desk."""
    place = user.appointments.exclude(place="").order_by("-booked_at").values_list("place", flat=True)[:1]
    return next(iter(place), "")


def open_interview(participation) -> Interview | None:
    """The interview being written, or None."""
    rows = participation.interviews.filter(completed_at__isnull=True)
    return rows.select_related("sheet__questionnaire").first()


def first_open_section(interview) -> str:
    """The key of the first section that is not complete, else of the first."""
    sections = questionnaires.sections(interview.sheet, "it")
    todo = [row["key"] for row in sections if row["state"] != SectionState.COMPLETE]
    return todo[0] if todo else sections[0]["key"]


def shown_answers(sheet, section, answers) -> list[dict]:
    """`answers` to one section as people read them: {"label", "shown"}."""
    language = translation.get_language()
    return [
        {
            "label": questionnaires.words(question["label"], language),
            "shown": questionnaires.shown(question, answers.get(question["key"]), language),
        }
        for question in questionnaires.section_of(sheet.questionnaire, section)["questions"]
    ]


def address_of_file(person, user) -> str:
    """The file of the person's latest way that `user` follows or receives, or ""; one query."""
    if Role.OPERATOR not in user.roles and not user.is_superuser:
        return ""
    ways = Participation.objects.visible_to(user).filter(person=person)
    latest = ways.order_by("-opened_at").values_list("pk", flat=True).first()
    return reverse("intake:person-file", args=[latest]) if latest else ""
