"""Who holds the sessions of the courses to come, and in which rooms; one moved, and told; a friend brought along."""

from contextlib import suppress
from datetime import timedelta

from intake.models import Participation
from intake.workflow import OPEN_STATES
from migwork.errors import NotNow
from pathways import actions as pathways
from pathways.enums import OpportunityState
from pathways.models import Enrolment, Run
from pathways.schedule import Meeting
from portal.demo.attempts import attempt
from portal.demo.stage import Stage

OTHERS = ("Nadia Ferri", "Omar Greco", "Paola Lodi", "Remo Villa")
ROOMS = (("Aula 1", "piano terra"), ("Laboratorio", "primo piano"))


def hold_sessions(stage: Stage):
    """Each partner names two trainers, one of them a colleague with an account, and two rooms."""
    current = Run.objects.current().select_related("opportunity__organisation")
    runs = list(current.order_by("starts_on", "opportunity__title"))
    lists = {}
    for run in runs:
        organisation = run.opportunity.organisation
        if organisation.pk not in lists:
            lists[organisation.pk] = _lists(stage, organisation, len(lists))
        # Where the first of them is taken then, the other holds it; where both are, nobody is named.
        for trainer, room in lists[organisation.pk]:
            with suppress(NotNow), attempt():
                pathways.name_for_all(
                    run=run, room=room, trainers=[trainer], by=stage.staff[organisation.code], now=_before(stage)
                )
                break
    _move_one(stage, runs)
    _bring_a_friend(stage)


def _before(stage):
    return stage.now - timedelta(days=2)


def _lists(stage, organisation, number):
    by, at = stage.staff[organisation.code], _before(stage)
    trainers = [
        pathways.keep_trainer(organisation=organisation, name=by.name, user=by, by=by, now=at),
        pathways.keep_trainer(organisation=organisation, name=OTHERS[number % len(OTHERS)], by=by, now=at),
    ]
    rooms = [
        pathways.keep_room(organisation=organisation, name=name, address=address, by=by, now=at)
        for name, address in ROOMS
    ]
    return list(zip(trainers, rooms, strict=True))


def _move_one(stage, runs):
    """The last session of the first course with people begins an hour later; they were told yesterday."""
    at = stage.now - timedelta(days=1)
    for run in runs:
        session = run.sessions.filter(starts_at__gt=stage.now, recorded_at=None).order_by("-starts_at").first()
        if session is None or not run.enrolments.expected().exists():
            continue
        hour = timedelta(hours=1)
        to = Meeting(
            session.starts_at + hour, session.ends_at + hour, session.place, session.room, tuple(session.trainers.all())
        )
        with suppress(NotNow), attempt():
            by = stage.staff[run.opportunity.organisation.code]
            pathways.change_session(session=session, to=to, by=by, now=at)
            pathways.tell_session_changes(now=at + timedelta(minutes=15))
            return


def _bring_a_friend(stage):
    """Somebody passes the course on in which they have a place, and by their link somebody enrols the day after."""
    at = stage.now - timedelta(days=3)
    sharing = Enrolment.objects.filter(
        state="enrolled",
        asked_at__lt=at,
        participation__person__user__isnull=False,
        participation__person__limited_at=None,
        run__in=Run.objects.open_on(stage.now.date()).with_free_places(),
        run__opportunity__state=OpportunityState.PUBLISHED,
    ).select_related("participation__person__user", "run__opportunity")
    order = ("run__starts_on", "run__opportunity__title", "asked_at", "participation__person__last_name")
    mine = sharing.order_by(*order).first()
    if mine is None:
        return
    person = mine.participation.person
    link = pathways.make_friend_link(opportunity=mine.run.opportunity, person=person, by=person.user, now=at)
    friends = Participation.objects.filter(
        edition=stage.edition,
        state__in=OPEN_STATES,
        person__user__isnull=False,
        person__limited_at=None,
        person__anonymised_at=None,
        opened_at__lt=at,
    ).exclude(enrolments__run__opportunity=mine.run.opportunity)
    friends = friends.select_related("person__user").order_by("-opened_at", "person__last_name", "person__first_name")
    for friend in friends[:20]:
        with suppress(NotNow), attempt():
            by = friend.person.user
            pathways.enrol(run=mine.run, participation=friend, friend=link.token, by=by, now=at + timedelta(days=1))
            return
