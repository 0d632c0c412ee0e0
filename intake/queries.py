"""What the desk's pages and tasks read, in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Membership, User
from accounts.queries import (
    everybody_who_is,
    find_people,
    live_representations,
    merges_into,
    possible_duplicates,
    reach,
)
from foundation.communications.models import OutgoingMessage
from foundation.communications.queries import failures_about, preferences_of
from foundation.privacy.models import Event
from foundation.questionnaires import queries as questionnaires
from foundation.questionnaires.enums import SectionState
from intake import hooks
from intake.enums import ActionState, AppointmentKind, AppointmentState, ParticipationState, PlanState, QueueState
from intake.models import (
    Appointment,
    Interview,
    Note,
    Participation,
    Plan,
    PlanAction,
    PlanGoal,
    QueueEntry,
    Reception,
    Referral,
    Slot,
    sees_everybody,
)
from migwork.prepared import Prepared
from migwork.words import word_of
from programme.models import Organisation, Partnership
from programme.queries import receiving_edition

INTERVIEW_KEY = "first-interview"
PAGE = 25
NO_CONTACT = timedelta(days=30)
# How many of those who wait and of those one follows stand on the reception list; the others a page further.
FIRST = 10
# How much of a person's story is told at once.
STORY = 15
# Saves while typing are for the audit trail; a timeline of them would hide the rest. That there is a
# protected note is for the case team alone, while coordinators read the story too.
NOT_IN_THE_STORY = [
    "intake.interview_saved",
    "intake.action_hours",
    # One line a visit is enough: that they came.
    "intake.queue_called",
    "intake.queue_put_back",
    "intake.queue_received",
    "intake.queue_left",
    # The note says so itself, to those who read it.
    "intake.note_corrected",
    "accounts.special_recorded",
    "accounts.special_removed",
    "accounts.mark_set",
]


def organisation_of_operator(user, edition) -> int:
    """Where an operator works; for an administrator who stands in, the edition's lead partner."""
    offices = user.organisations_as(Role.OPERATOR)
    if offices:
        return offices[0]
    return Partnership.objects.get(edition=edition, is_lead=True).organisation_id


def desk_of(user, now) -> int | None:
    """The desk whose queue this user runs: where they work, or for an administrator the lead partner's."""
    edition = receiving_edition(timezone.localdate(now))
    if not user.organisations_as(Role.OPERATOR) and edition is None:
        return None
    return organisation_of_operator(user, edition)


def operators_of(organisation_id) -> list[User]:
    """The operators who work at an organisation, by name: few, for a small select."""
    return list(
        User.objects.filter(
            is_active=True,
            memberships__organisation=organisation_id,
            memberships__role=Role.OPERATOR,
            memberships__is_active=True,
        )
        .distinct()
        .order_by("name", "pk")
    )


def free_colleagues(slot, *, first=None) -> list[User]:
    """Who of the desk is free during `slot`: `first` (who follows the person), then who offers no hours of their own
    then, then who has the fewest appointments on that day.
    """
    start, end = day_bounds(timezone.localdate(slot.starts_at))
    theirs = Appointment.objects.filter(operator=OuterRef("pk"), state=AppointmentState.BOOKED)
    offered = Slot.objects.filter(
        operator=OuterRef("pk"), is_open=True, starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at
    )
    of_day = theirs.filter(starts_at__gte=start, starts_at__lt=end).order_by().values("operator")
    rows = (
        User.objects.filter(
            ~Exists(theirs.filter(starts_at__lt=slot.ends_at, ends_at__gt=slot.starts_at)),
            Exists(
                Membership.objects.filter(
                    user=OuterRef("pk"), organisation=slot.organisation_id, role=Role.OPERATOR, is_active=True
                )
            ),
            is_active=True,
        )
        .annotate(
            offers=Exists(offered),
            talks=Coalesce(Subquery(of_day.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0),
        )
        .order_by("offers", "talks", "pk")
    )
    return sorted(rows, key=lambda user: user.pk != first)


def partners_of(edition) -> list[Organisation]:
    """The organisations of an edition, without the lead: to whom people can be referred."""
    return list(Organisation.objects.filter(partnerships__edition=edition, partnerships__is_lead=False))


# --- the desk ------------------------------------------------------------------------


def waiting(after: datetime | None = None) -> list[Participation]:
    """Who signed up and was not received yet, longest first; one more than a page shows."""
    return _waiting() if after is None else _waiting(after=after)


def _who_waits(after=None, size=PAGE + 1):
    rows = Participation.objects.filter(state=ParticipationState.REGISTERED, person__anonymised_at=None)
    if after is not None:
        rows = rows.filter(opened_at__gt=after)
    return rows.select_related("person").only("opened_at", *NAME_AND_CONTACT).order_by("opened_at")[:size]


OPERATOR_S_NAME = ("operator__name", "operator__email", "operator__phone")
NAME_AND_CONTACT = ("person__first_name", "person__last_name", "person__phone", "person__email")
_waiting = Prepared(_who_waits)
_first_waiting = Prepared(lambda: _who_waits(size=FIRST + 1))


def first_waiting() -> list[Participation]:
    """Who waits longest: one more than the reception list shows."""
    return _first_waiting()


def appointments_of_day(user, now) -> list[Appointment]:
    """Today's appointments of the operator's desk (an administrator sees all), also those already over."""
    start, end = day_bounds(timezone.localdate(now))
    offices = () if user.is_superuser else user.organisations_as(Role.OPERATOR)
    if not offices and not user.is_superuser:
        return []
    return _agenda(start=start, end=end, **{f"office{n}": office for n, office in enumerate(offices)})


def _appointments_between(start, end, **offices):
    rows = Appointment.objects.filter(starts_at__gte=start, starts_at__lt=end)
    if offices:
        rows = rows.filter(organisation__in=offices.values())
    return (
        rows.exclude(state=AppointmentState.CANCELLED)
        .select_related("participation__person", "operator")
        .only(
            *("participation__person__first_name", "participation__person__last_name"),
            *OPERATOR_S_NAME,
            *("kind", "state", "starts_at"),
        )
        .order_by("starts_at", "pk")[:60]
    )


_agenda = Prepared(_appointments_between)


def caseload(user, now, *, start=0, size=PAGE) -> list[Participation]:
    """The people an operator follows, longest without contact first, each with `overdue` and `no_contact`."""
    today = timezone.localdate(now)
    rows = list(_followed(user.pk, today)[start : start + size])
    return _with_silence(rows, now)


def first_of_caseload(user, now) -> list[Participation]:
    """The beginning of the caseload: one more than the reception list shows."""
    return _with_silence(_first_followed(user=user.pk, day=timezone.localdate(now)), now)


def _followed(user, day):
    late = PlanAction.objects.overdue(day).filter(goal__plan__participation=OuterRef("pk")).order_by()
    late = late.values("goal__plan__participation").annotate(number=Count("pk")).values("number")
    return (
        Participation.objects.open()
        .filter(operator=user)
        .exclude(state=ParticipationState.REGISTERED)
        .annotate(overdue=Coalesce(Subquery(late, output_field=IntegerField()), 0))
        .select_related("person")
        .only("state", "last_contact_at", *NAME_AND_CONTACT)
        .order_by("last_contact_at", "pk")
    )


_first_followed = Prepared(lambda user, day: _followed(user, day)[: FIRST + 1])


def _with_silence(rows, now):
    for row in rows:
        row.no_contact = row.last_contact_at is None or now - row.last_contact_at > NO_CONTACT
    return rows


def search_people(text, user) -> list[Participation]:
    """Participations of the people whose name begins like `text`, at most twenty people."""
    people = [person.pk for person in find_people(text, user)]
    rows = Participation.objects.visible_to(user).filter(person__in=people)
    return list(rows.select_related("person", "edition").order_by("person__sort_key", "-opened_at"))


class LikelyTheSame(NamedTuple):
    """Somebody who may be the one who stands at the desk: what tells them apart, and where their file is."""

    key: str
    name: str
    born: date
    why: str
    since: date
    file: UUID | None
    is_strong: bool


def likely_the_same(**described) -> list[LikelyTheSame]:
    """Who may be here already, the surest first, each with the key of their latest way."""
    hints = possible_duplicates(**described)
    return _likely([(hint.person, ", ".join(str(reason) for reason in hint.why), hint.is_strong) for hint in hints])


def likely_the_same_as(person) -> list[LikelyTheSame]:
    """Who may be the same as somebody who is here."""
    names = ("first_name", "last_name", "birth_date", "fiscal_code")
    return likely_the_same(**{name: getattr(person, name) for name in names}, but=person.pk)


def others_called(text, user, *, but) -> list[LikelyTheSame]:
    """People whose name begins like `text`, without the one they are compared with."""
    return _likely([(person, "", False) for person in find_people(text, user) if person.pk != but.pk])


def _likely(found):
    ways = Participation.objects.filter(person__in=[person.pk for person, _why, _strong in found])
    latest = dict(ways.order_by("opened_at").values_list("person", "pk")) if found else {}
    return [
        LikelyTheSame(
            key=str(person.pk),
            name=person.full_name,
            born=person.birth_date,
            why=why,
            since=timezone.localdate(person.created_at),
            file=latest.get(person.pk),
            is_strong=strong,
        )
        for person, why, strong in found
    ]


def latest_way(person) -> Participation | None:
    """The participation of a person that began last: where a link to their file leads."""
    return Participation.objects.filter(person=person).order_by("-opened_at", "pk").first()


class QueueOfDay(NamedTuple):
    """Today's queue: who is here in the order in which they came, who has gone, and what tells one state of it."""

    here: list[QueueEntry]
    gone: list[QueueEntry]
    waiting: int
    version: str


def queue_of_day(user, now) -> QueueOfDay:
    """Today's queue of the user's desks, each entry with the `minutes` since it came; one query."""
    rows = QueueEntry.objects.visible_to(user).filter(day=timezone.localdate(now))
    rows = list(rows.select_related("participation__person", "called_by").order_by("arrived_at", "pk")[:300])
    here = [row for row in rows if row.state != QueueState.LEFT]
    for row in here:
        row.minutes = max(0, int((now - row.arrived_at).total_seconds() // 60))
    told = [(str(row.pk), row.state, getattr(row, "minutes", 0), str(row.called_by_id)) for row in rows]
    return QueueOfDay(
        here=here,
        gone=[row for row in reversed(rows) if row.state == QueueState.LEFT],
        waiting=sum(row.state == QueueState.ARRIVED for row in here),
        version=sha256(repr(told).encode()).hexdigest()[:16],
    )


def queue_entry(user, key) -> QueueEntry | None:
    """Who is in a queue of this user's desks and has not left; None for anything else that `key` may be."""
    try:
        key = UUID(str(key))
    except ValueError:
        return None
    return QueueEntry.objects.visible_to(user).here().filter(pk=key).select_related("participation__person").first()


def expected_today(user, queue, now) -> list[Appointment]:
    """Who has an appointment today and is not in the queue yet; one query."""
    came = {row.participation_id for row in (*queue.here, *queue.gone)}
    booked = [row for row in appointments_of_day(user, now) if row.state == AppointmentState.BOOKED]
    return [row for row in booked if row.participation_id not in came]


# --- the person's file ------------------------------------------------------------------


def participation_for(user, pk) -> Participation | None:
    """A participation with all that a page about it shows; None if `user` may not see it."""
    if sees_everybody(user):
        return _participation.first(pk=pk)
    return with_all(Participation.objects.visible_to(user).filter(pk=pk)).first()


def file_for(user, pk) -> Participation | None:
    """The same for the file itself, with marks of what only some files have: the others need no read for it.

    `has_appointments` to come, `has_lost` messages, `has_preference` how to be written to, `has_merges`.
    """
    if sees_everybody(user):
        return _file.first(pk=pk)
    return _with_marks(with_all(Participation.objects.visible_to(user).filter(pk=pk))).first()


def who_signs(participation) -> list | None:
    """Who signs for a minor, perhaps nobody yet; None for who is of age."""
    person = participation.person
    return None if person.is_of_age_on(timezone.localdate()) else live_representations(person)


def _with_marks(rows):
    person = OuterRef("person_id")
    return rows.annotate(
        has_appointments=Exists(_booked(OuterRef("pk"))),
        has_lost=Exists(failures_about(everybody_who_is(OuterRef(person)))),
        has_preference=Exists(preferences_of(person)),
        has_merges=Exists(merges_into(person)),
    )


def with_all(rows):
    """`rows` of participations with person, edition, operator and plan."""
    return rows.select_related("person", "edition", "operator", "plan").defer(
        *("edition__elsewhere", "operator__password")
    )


_participation = Prepared(lambda pk: with_all(Participation.with_merged.filter(pk=pk)))
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


_late_story = Prepared(lambda person, was_merged: _events_about(person, was_merged, STORY + 1))
_whole_story = Prepared(lambda person, was_merged: _events_about(person, was_merged, 200))


def may_send_signing_links(user, request) -> bool:
    """Partners to whom the person is referred: they may ask for a missing signature again."""
    partner = bool(user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))
    return partner and Participation.objects.filter(person=request.about).visible_to(user).exists()


def is_reachable(row) -> bool:
    """Whether messages can reach the person of a file (see `file_for`)."""
    person = row.person
    if person.safe_contact or row.has_preference:
        return reach(person) is not None
    return bool(person.email or person.phone)


def _booked(participation):
    return Appointment.objects.filter(participation=participation, state=AppointmentState.BOOKED)


def coming_appointments(participation) -> list[Appointment]:
    """What is booked and has no outcome yet, also when its hour is past."""
    return _coming(participation=participation.pk)


_coming = Prepared(
    lambda participation: (
        _booked(participation)
        .select_related("operator")
        .only("kind", "mode", "place", "state", "starts_at", "ends_at", *OPERATOR_S_NAME)
        .order_by("starts_at")[:10]
    )
)


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


# --- the plan ------------------------------------------------------------------------


@dataclass
class GoalView:
    """A goal with its actions as a page shows them."""

    goal: PlanGoal
    actions: list[PlanAction] = field(default_factory=list)

    @property
    def live(self) -> bool:
        return any(action.state != ActionState.DROPPED for action in self.actions)


@dataclass
class PlanView:
    """A plan's goals and actions, and the sums over those that count."""

    plan: Plan
    goals: list[GoalView]

    @cached_property
    def actions(self) -> list[PlanAction]:
        return [a for goal in self.goals for a in goal.actions if a.state != ActionState.DROPPED]

    def action(self, pk) -> PlanAction | None:
        """The action with this key."""
        return next((action for action in self.actions if action.pk == pk), None)

    @property
    def done(self) -> int:
        return sum(a.state == ActionState.DONE for a in self.actions)

    @property
    def hours_planned(self):
        return sum(a.hours_planned for a in self.actions)

    @property
    def hours_done(self):
        return sum(a.hours_done for a in self.actions)


def plan_view(plan, *, user=None, now=None, links=False, empty=False) -> PlanView:
    """The plan's goals with their actions, each with `links` (from the hook) and `is_overdue`.

    Goals without any action only where `empty` are asked for: one more query.
    """
    actions = _actions_of(plan=plan.pk)
    found = {goal.pk: goal for goal in (_goals_of(plan=plan.pk) if empty else (action.goal for action in actions))}
    in_order = sorted(found.values(), key=lambda goal: (goal.position, goal.pk))
    goals = {goal.pk: GoalView(goal) for goal in in_order}
    for action in actions:
        action.goal = goals[action.goal_id].goal
        action.goal.plan = plan
    by_action: dict = {}
    if links and actions:
        for found in hooks.action_links.call(actions=actions, user=user):
            for pk, more in found.items():
                by_action.setdefault(pk, []).extend(more)
    today = timezone.localdate(now)
    for action in actions:
        action.links = by_action.get(action.pk, [])
        action.is_overdue = action.due_on < today and action.state in (ActionState.TO_DO, ActionState.DOING)
        goals[action.goal_id].actions.append(action)
    return PlanView(plan, list(goals.values()))


_actions_of = Prepared(lambda plan: PlanAction.objects.filter(goal__plan=plan).select_related("goal"))
_goals_of = Prepared(lambda plan: PlanGoal.objects.filter(plan=plan))


def outstanding_actions(participation) -> list[PlanAction]:
    """The steps of a person's plan that are still to do."""
    rows = PlanAction.objects.outstanding().filter(goal__plan__participation=participation)
    return list(rows.select_related("goal__plan"))


def plan_wording(plan, language) -> str:
    """The plan in plain words, as one reads it before agreeing."""
    with translation.override(language):
        lines = []
        for goal in plan.goals.prefetch_related("actions"):
            actions = [a for a in goal.actions.all() if a.state != ActionState.DROPPED]
            if actions:
                lines.append(goal.title)
            for action in actions:
                by_when = formats.date_format(action.due_on, "l j F Y")
                line = _("- %(title)s, by %(day)s") % {"title": action.title, "day": by_when}
                if action.hours_planned:
                    line += _(" (%(hours)s hours)") % {"hours": formats.localize(action.hours_planned.normalize())}
                lines.append(line)
        if plan.review_on:
            review = formats.date_format(plan.review_on, "l j F Y")
            lines.append(_("We look at it again on %(day)s.") % {"day": review})
        return "\n".join(lines)


def my_participation(user) -> Participation | None:
    """The young person's present way, else their last one; with person and plan."""
    if user.person is None:
        return None
    participation = _present_way.first(person=user.person.pk)
    if participation is not None:
        participation.person = user.person
    return participation


_present_way = Prepared(
    lambda person: (
        Participation.objects.filter(person=person).select_related("plan").order_by("closed_at", "-opened_at")[:1]
    )
)


def my_next_step(participation, now, *, appointments=None, outline=None) -> dict:
    """The one thing to do next: {"at", "when", "title", "detail", "url", "label"}, for a step of the plan "action".

    "when" is "at" in words; both are empty when nothing is dated. "action" is the step's key.
    A page that has them already gives `appointments` (coming_appointments) and `outline` (plan_view).
    """
    plan = getattr(participation, "plan", None)
    if plan is not None and plan.state == PlanState.PROPOSED:
        return {
            "at": None,
            "when": "",
            "title": _("Read your plan"),
            "detail": _("It is ready. If it is right for you, say that you agree."),
            "url": reverse("intake:plan-agree", args=[plan.pk]),
            "label": _("Read and agree"),
        }
    steps = [step for found in hooks.next_steps.call(participation=participation, now=now) for step in found]
    steps += _coming_appointment(coming_appointments(participation) if appointments is None else appointments, now)
    if plan is not None and plan.state == PlanState.AGREED:
        steps += _next_action(outline or plan_view(plan, now=now))
    if steps:
        earliest = min(steps, key=lambda step: _moment(step["at"], now))
        return {**earliest, "when": _in_words(earliest["at"])}
    return _first_talk(participation, now) or _nothing_dated(participation)


def _coming_appointment(appointments, now):
    appointment = next((row for row in appointments if row.ends_at > now), None)
    if appointment is None:
        return []
    return [
        {
            "at": appointment.starts_at,
            "title": _("%(what)s with %(who)s")
            % {"what": word_of(appointment, "kind"), "who": appointment.operator.name.split(" ")[0]},
            "detail": appointment.place or word_of(appointment, "mode"),
            "url": reverse("intake:my-appointment", args=[appointment.pk]),
            "label": _("See, move or cancel"),
        }
    ]


def _next_action(outline):
    todo = [action for action in outline.actions if action.state in (ActionState.TO_DO, ActionState.DOING)]
    if not todo:
        return []
    action = min(todo, key=lambda action: (action.due_on, action.position, action.pk))
    return [
        {
            "at": action.due_on,
            "title": action.title,
            "detail": _("The day you chose is past: no harm done. Do it now, or call us.") if action.is_overdue else "",
            "url": reverse("intake:my-plan"),
            "label": _("See my plan"),
            "action": action.pk,
        }
    ]


def _first_talk(participation, now):
    """To book it, while there are hours that can be booked: a step must lead somewhere."""
    if participation.state != ParticipationState.REGISTERED:
        return None
    if not Slot.objects.for_way(participation, now).for_kind(AppointmentKind.RECEPTION).exists():
        return None
    return {
        "at": None,
        "when": "",
        "title": _("Book your first talk"),
        "detail": _("Choose the day and the hour that suit you."),
        "url": reverse("intake:booking-hours", args=[AppointmentKind.RECEPTION]),
        "label": _("Choose an hour"),
    }


def _nothing_dated(participation):
    first_talk = participation.state == ParticipationState.REGISTERED
    person = participation.person
    if first_talk and person.safe_contact and not person.safe_address:
        title = _("Come and see us when you can")
        detail = _("As agreed, we do not write or call. At Informagiovani you find us in person.")
    elif first_talk:
        title = _("We get in touch with you")
        detail = _("An operator of Informagiovani writes or calls to arrange a first talk.")
    elif participation.state in (ParticipationState.CLOSED, ParticipationState.DROPPED):
        title, detail = _("Your way with us has ended"), _("You can come back whenever you like: call us or drop in.")
    else:
        title, detail = _("Look for something you like"), _("Courses, internships, trips: choose, then talk to us.")
    return {"at": None, "when": "", "title": title, "detail": detail, "url": "", "label": ""}


def _in_words(at) -> str:
    """A moment with its hour, or a day by which something is to be done."""
    if isinstance(at, datetime):
        return formats.date_format(timezone.localtime(at), "l j F, H:i")
    return _("by %(day)s") % {"day": formats.date_format(at, "l j F")}


def _moment(at, now) -> datetime:
    """A day counts until its end; what is overdue counts as of today, after today's appointments."""
    if isinstance(at, datetime):
        return at
    return timezone.make_aware(datetime.combine(max(at, timezone.localdate(now)), time(23, 59)))


# --- partners ------------------------------------------------------------------------


def referrals_for(user, *, state=None, before=None) -> list[Referral]:
    """The referrals that `user` may see, newest first; one more than a page shows."""
    rows = Referral.objects.visible_to(user).select_related("participation__person", "organisation", "plan_action")
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(sent_at__lt=before)
    return list(rows.order_by("-sent_at", "pk")[: PAGE + 1])


# --- messages ------------------------------------------------------------------------


def without_message(rows, key_of) -> list:
    """Those of `rows` whose occasion (`key_of(row)`) has no message yet: one query."""
    keys = {key_of(row): row for row in rows}
    written = set(OutgoingMessage.objects.filter(key__in=keys).values_list("key", flat=True))
    return [row for key, row in keys.items() if key not in written]


def day_bounds(day):
    """The first moment of a local day, and that of the next: 23, 24 or 25 hours later."""
    start = timezone.make_aware(datetime.combine(day, time()))
    return start, timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def address_of_file(person, user) -> str:
    """The file of the person's latest way that `user` follows or receives, or ""; one query."""
    if Role.OPERATOR not in user.roles and not user.is_superuser:
        return ""
    ways = Participation.objects.visible_to(user).filter(person=person)
    latest = ways.order_by("-opened_at").values_list("pk", flat=True).first()
    return reverse("intake:person-file", args=[latest]) if latest else ""
