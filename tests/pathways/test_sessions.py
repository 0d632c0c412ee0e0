"""Sessions of a run: repeats and exceptions, changes told once, nobody and no room in two places at once."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from migwork.errors import NotNow
from pathways import actions, schedule
from pathways.enums import AttendanceState
from pathways.models import Room, Run, Session, SessionChange, SessionTrainer, Trainer
from tests import factories
from tests.pathways import ways
from tests.pathways.test_race import together

LATER = timedelta(minutes=11)


def plan(**fields):
    """Tuesdays and Thursdays, 15 to 18, over the feast of 2 June."""
    return {
        "starts_on": "2026-05-19",
        "ends_on": "2026-06-11",
        "weekdays": ["TU", "TH"],
        "every": "1",
        "start": "15:00",
        "end": "18:00",
        "places": "12",
        "enrol_by": "2026-05-15",
        **fields,
    }


@pytest.fixture
def planned(course, partner_staff, now):
    """Three Tuesdays from 19 May."""
    days = [date(2026, 5, 19), date(2026, 5, 26), date(2026, 6, 9)]
    return actions.plan_run(
        opportunity=course,
        starts_on=days[0],
        ends_on=days[-1],
        enrol_by=days[0],
        hours=9,
        places=2,
        sessions=[(ways.at(day, 15), ways.at(day, 18), "") for day in days],
        by=partner_staff,
        now=now,
    )


@pytest.fixture
def trainer(partner):
    return Trainer.objects.create(organisation=partner, name="Marta Riva")


@pytest.fixture
def room(partner):
    return Room.objects.create(organisation=partner, name="Aula 2", address="Via Dogana 2")


def meeting(day, start=15, end=18, **rest):
    return schedule.meeting(day, time(start), time(end), **rest)


def on_the_wall(run):
    return [f"{timezone.localtime(s.starts_at):%d/%m %H:%M}" for s in run.sessions.all()]


def test_repeats_and_exceptions(course, partner_staff, as_user):
    client, url = as_user(partner_staff), reverse("pathways:run-create", args=[course.slug])
    preview = client.post(url, plan())
    assert not course.runs.exists()
    days = preview.context["days"]
    assert len(days.fields["days"].choices) == 8
    assert "mar 2 giu 2026, 15:00–18:00 · Festa della Repubblica" in preview.text
    kept = [key for key in days.fields["days"].initial if "05-28" not in key]
    assert "2026-06-02T15:00" not in kept
    # The day left out by hand and the public holiday are not held.
    client.post(url, plan(shown="1", days=kept))
    run = course.runs.get()
    assert on_the_wall(run) == [f"{day} 15:00" for day in ("19/05", "21/05", "26/05", "04/06", "09/06", "11/06")]
    assert (run.hours, run.starts_on, run.ends_on) == (18, date(2026, 5, 19), date(2026, 6, 11))
    # None at all: asked again, nothing is planned.
    assert "Tieni almeno un incontro" in client.post(url, plan(shown="1")).text
    # And a day that the rule does not name cannot be slipped in.
    assert client.post(url, plan(shown="1", days=["2026-05-20T15:00"])).status_code == 200
    assert course.runs.count() == 1


def test_every_second_week_and_the_clock_on_the_wall():
    found = schedule.meetings(
        first=date(2026, 10, 12), last=date(2026, 11, 10), weekdays=["MO"], every=2, start=time(15), end=time(18)
    )
    assert [f"{timezone.localtime(each.starts_at):%d/%m %H:%M}" for each in found] == [
        "12/10 15:00",
        "26/10 15:00",
        "09/11 15:00",
    ]


def test_one_is_changed_added_or_taken_out(planned, partner_staff, other_partner_staff, now):
    first = planned.sessions.first()
    moved = actions.change_session(session=first, to=meeting(date(2026, 5, 18), 14, 18), by=partner_staff, now=now)
    run = Run.objects.get(pk=planned.pk)
    assert (run.starts_on, run.hours, moved.hours) == (date(2026, 5, 18), 10, 4)
    actions.add_sessions(run=run, sessions=[meeting(date(2026, 6, 16))], by=partner_staff, now=now)
    actions.remove_session(session=run.sessions.all()[1], by=partner_staff, now=now)
    run.refresh_from_db()
    assert on_the_wall(run) == ["18/05 14:00", "09/06 15:00", "16/06 15:00"]
    assert (run.ends_on, run.hours) == (date(2026, 6, 16), 10)
    with pytest.raises(NotNow):
        actions.add_sessions(run=run, sessions=[meeting(date(2026, 6, 16))], by=partner_staff, now=now)
    with pytest.raises(PermissionDenied):
        actions.change_session(session=moved, to=meeting(date(2026, 5, 20)), by=other_partner_staff, now=now)


def test_what_is_recorded_is_never_taken_out_nor_moved(course, partner_staff, trainer, edition, now):
    run = ways.started_run(course, now)
    enrolment = factories.EnrolmentFactory(run=run, participation=ways.taker(edition))
    session = run.sessions.first()
    actions.record_attendance(session=session, marks={enrolment.pk: AttendanceState.PRESENT}, by=partner_staff, now=now)
    with pytest.raises(NotNow) as refusal:
        actions.remove_session(session=session, by=partner_staff, now=now)
    assert refusal.value.code == "recorded"
    with pytest.raises(NotNow):
        actions.change_session(session=session, to=meeting(date(2026, 5, 6)), by=partner_staff, now=now)
    # Who held it may still be written down.
    same = schedule.Meeting(session.starts_at, session.ends_at, trainers=(trainer,))
    actions.change_session(session=session, to=same, by=partner_staff, now=now)
    assert list(session.trainers.all()) == [trainer]
    # One on whose list somebody stands already, though it is not closed yet, stays too.
    Session.objects.filter(pk=session.pk).update(recorded_at=None)
    with pytest.raises(NotNow):
        actions.remove_session(session=session, by=partner_staff, now=now)


# --- telling -------------------------------------------------------------------------------


def told():
    return OutgoingMessage.objects.filter(key__startswith="pathways:sessions_changed:")


def enrolled(run, edition, now, **person):
    participation = ways.taker(edition, **person)
    return actions.enrol(run=run, participation=participation, by=participation.person.user, now=now)


def test_told_once(planned, partner_staff, edition, now):
    inside = [enrolled(planned, edition, now - timedelta(days=1)) for _n in range(2)]
    waits = enrolled(planned, edition, now - timedelta(days=1))
    first, second, third = planned.sessions.all()
    actions.change_session(session=first, to=meeting(date(2026, 5, 20)), by=partner_staff, now=now)
    actions.remove_session(session=second, by=partner_staff, now=now + timedelta(minutes=3))
    actions.change_session(session=third, to=meeting(date(2026, 6, 10)), by=partner_staff, now=now)
    actions.change_session(session=third, to=meeting(date(2026, 6, 9)), by=partner_staff, now=now)  # and back
    actions.change_session(
        session=first, to=meeting(date(2026, 5, 21)), by=partner_staff, now=now + timedelta(minutes=6)
    )
    # Not yet: the last change was a moment ago.
    assert actions.tell_session_changes(now=now + timedelta(minutes=12)) == 0
    assert actions.tell_session_changes(now=now + timedelta(minutes=17)) == 1
    assert {message.about for message in told()} == {e.participation.person_id for e in inside}
    assert waits.participation.person_id not in {message.about for message in told()}
    text = told().first().text
    # What was and what is now, with nothing of what lay between; what came back as it was is no change.
    assert "martedì 19 maggio, 15:00–18:00" in text
    assert "giovedì 21 maggio, 15:00–18:00" in text
    assert "Non si tiene: martedì 26 maggio" in text
    assert "20 maggio" not in text
    assert "giugno" not in text
    # Again, and again: nobody hears of it twice.
    assert actions.tell_session_changes(now=now + timedelta(hours=3)) == 0
    assert told().count() == 2


def test_who_comes_later_knows_already_and_who_is_offered_a_place_hears_of_it(planned, partner_staff, edition, now):
    offered = factories.EnrolmentFactory(
        run=planned,
        participation=ways.taker(edition),
        state="offered",
        asked_at=now - timedelta(days=2),
        offered_until=now + timedelta(days=1),
    )
    Run.objects.filter(pk=planned.pk).update(places_taken=1)
    actions.change_session(session=planned.sessions.first(), to=meeting(date(2026, 5, 20)), by=partner_staff, now=now)
    enrolled(planned, edition, now + timedelta(minutes=5))
    actions.tell_session_changes(now=now + LATER)
    assert [message.about for message in told()] == [offered.participation.person_id]


def test_another_room_for_all_is_one_line(planned, partner_staff, edition, room, now):
    enrolled(planned, edition, now)
    Session.objects.filter(run=planned).update(place="Primo piano")
    actions.name_for_all(run=planned, room=room, trainers=[], by=partner_staff, now=now)
    actions.tell_session_changes(now=now + LATER)
    line = "- 3 incontri, 19 maggio – 9 giugno, in un altro luogo: Aula 2, Via Dogana 2, Primo piano"
    assert line in told().get().text
    # The room's words go with it; what was written beside stays.
    other = Room.objects.create(organisation=room.organisation, name="Aula 9")
    actions.name_for_all(run=planned, room=other, trainers=[], by=partner_staff, now=now)
    assert {session.place for session in planned.sessions.all()} == {"Aula 9, Primo piano"}
    actions.name_for_all(run=planned, room=None, trainers=[], by=partner_staff, now=now)
    assert {session.place for session in planned.sessions.all()} == {"Primo piano"}


def test_changes_that_never_settle_are_told_all_the_same(planned, partner_staff, edition, now):
    enrolled(planned, edition, now)
    session = planned.sessions.first()
    for minutes in range(0, 66, 6):
        to = meeting(date(2026, 5, 20), 9 + minutes // 6, 20)
        actions.change_session(session=session, to=to, by=partner_staff, now=now + timedelta(minutes=minutes))
    assert actions.tell_session_changes(now=now + timedelta(minutes=61)) == 1


def test_trainers_with_an_account_are_told_others_are_not(planned, partner_staff, partner_admin, trainer, now):
    with_account = Trainer.objects.create(organisation=trainer.organisation, name="Ugo Sala", user=partner_admin)
    actions.name_for_all(run=planned, room=None, trainers=[trainer, with_account], by=partner_staff, now=now)
    assert not SessionChange.objects.exists()  # who holds it is no change of when and where
    actions.remove_session(session=planned.sessions.first(), by=partner_staff, now=now)
    actions.tell_session_changes(now=now + LATER)
    assert [message.to for message in told()] == [partner_admin.email]


def test_what_is_called_off_is_told_as_that_alone(planned, partner_staff, edition, now):
    enrolled(planned, edition, now)
    actions.remove_session(session=planned.sessions.first(), by=partner_staff, now=now)
    actions.cancel_run(run=planned, by=partner_staff, now=now)
    assert actions.tell_session_changes(now=now + LATER) == 0
    assert not told().exists()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once_and_a_double_click_changes_once(edition):
    now = timezone.now()
    activity = factories.OpportunityFactory(edition=edition)
    staff = factories.member("partner_staff", activity.organisation)
    run = factories.RunFactory(opportunity=activity)
    sessions = [factories.SessionFactory(run=run, starts_at=now + timedelta(days=n)) for n in (15, 16)]
    enrolled(run, edition, now)
    errors = []

    def take_out(session):
        try:
            actions.remove_session(session=session, by=staff, now=now)
        except NotNow as refusal:
            errors.append(refusal.code)

    together(take_out, [(sessions[0],)] * 6)
    assert (errors, run.sessions.count()) == (["gone"] * 5, 1)
    together(lambda: actions.tell_session_changes(now=now + LATER), [()] * 8)
    assert told().count() == 1


# --- trainers and rooms --------------------------------------------------------------------


def test_conflicts_of_place_and_trainer(course, planned, partner, partner_staff, edition, trainer, room, now):
    actions.name_for_all(run=planned, room=room, trainers=[trainer], by=partner_staff, now=now)
    first = planned.sessions.first()
    assert (first.room, first.place, list(first.trainers.all())) == (room, "Aula 2, Via Dogana 2", [trainer])
    other = ways.course(partner, edition, title="Sarta")
    fields = {"opportunity": other, "enrol_by": date(2026, 5, 26), "hours": 3, "places": 5}
    fields |= {"starts_on": date(2026, 5, 26), "ends_on": date(2026, 5, 26), "by": partner_staff, "now": now}

    def book(start, end, **rest):
        return actions.plan_run(sessions=[meeting(date(2026, 5, 26), start, end, **rest)], **fields)

    with pytest.raises(NotNow) as refusal:
        book(17, 19, trainers=(trainer,))
    assert "Marta Riva" in refusal.value.message
    assert "Barman per eventi" in refusal.value.message
    assert "26 maggio 2026, 15:00–18:00" in refusal.value.message
    with pytest.raises(NotNow) as refusal:
        book(17, 19, room=room)
    assert refusal.value.message.startswith("Aula 2")
    assert not other.runs.exists()
    # One may begin as the other ends; and once one is called off, its hours are free.
    run = book(18, 20, room=room, trainers=(trainer,))
    with pytest.raises(NotNow):
        actions.change_session(
            session=run.sessions.get(),
            to=meeting(date(2026, 5, 26), 17, 19, trainers=(trainer,)),
            by=partner_staff,
            now=now,
        )
    actions.cancel_run(run=planned, by=partner_staff, now=now)
    assert book(15, 18, room=room, trainers=(trainer,)).sessions.count() == 1


def test_the_database_has_the_last_word(planned, trainer, room, now):
    one, other, _third = planned.sessions.all()
    for session in (one, other):
        SessionTrainer.objects.create(
            session=session, trainer=trainer, starts_at=session.starts_at, ends_at=session.ends_at
        )
    Session.objects.filter(pk__in=[one.pk, other.pk]).update(room=room)
    # Moved past every check: whoever holds it moves along, and is in two places then.
    with pytest.raises(IntegrityError, match=r"session_(trainer|room)_free"), transaction.atomic():
        Session.objects.filter(pk=one.pk).update(
            starts_at=other.starts_at + timedelta(hours=1), ends_at=other.ends_at + timedelta(hours=1)
        )
    later = one.starts_at + timedelta(hours=1)
    Session.objects.filter(pk=one.pk).update(starts_at=later)
    assert SessionTrainer.objects.get(session=one).starts_at == later
    # And nobody is taken at times that are not the session's.
    with pytest.raises(IntegrityError, match="session_trainer_times"), transaction.atomic():
        SessionTrainer.objects.filter(session=one).update(starts_at=now)


def test_only_from_ones_own_list(planned, partner_staff, other_partner, now):
    stranger = Trainer.objects.create(organisation=other_partner, name="Ivo Leoni")
    with pytest.raises(NotNow) as refusal:
        actions.name_for_all(run=planned, room=None, trainers=[stranger], by=partner_staff, now=now)
    assert refusal.value.code == "foreign"


@pytest.mark.django_db(transaction=True)
def test_two_at_once_want_the_same_trainers_and_rooms(edition):
    """Each asks for both, in another order: one gets them, the others read a sentence, nobody waits in a ring."""
    now = timezone.now()
    activity = factories.OpportunityFactory(edition=edition)
    partner = activity.organisation
    staff = factories.member("partner_staff", partner)
    trainers = [Trainer.objects.create(organisation=partner, name=name) for name in ("Ada", "Bea")]
    rooms = [Room.objects.create(organisation=partner, name=name) for name in ("Uno", "Due")]
    day = timezone.localdate(now) + timedelta(days=20)
    refused = []

    def book(n):
        order = 1 if n % 2 else -1
        sessions = [
            meeting(day, start, start + 2, room=room, trainers=tuple(trainers[::order]))
            for start, room in zip((9, 14)[::order], rooms[::order], strict=True)
        ]
        try:
            actions.plan_run(
                opportunity=activity,
                starts_on=day,
                ends_on=day,
                enrol_by=day,
                hours=4,
                places=5,
                sessions=sessions,
                by=staff,
                now=now,
            )
        except NotNow as refusal:
            refused.append(refusal.code)

    together(book, [(n,) for n in range(10)])
    assert refused == ["taken"] * 9
    assert Session.objects.count() == 2


# --- pages ---------------------------------------------------------------------------------


def test_the_list_of_trainers_and_rooms(partner, partner_staff, other_partner_staff, as_user):
    client, url = as_user(partner_staff), reverse("pathways:trainer-list")
    client.post(url, {"name": "Marta Riva", "user": partner_staff.pk, "trainer": "1"})
    client.post(url, {"aula-name": "Aula 2", "aula-address": "Via Dogana 2", "room": "1"})
    trainer, room = Trainer.objects.get(), Room.objects.get()
    assert (trainer.organisation, trainer.user, room.in_words) == (partner, partner_staff, "Aula 2, Via Dogana 2")
    assert "già nel vostro elenco" in client.post(url, {"name": "marta riva", "trainer": "1"}).text
    keep = reverse("pathways:trainer-keep", args=[trainer.pk])
    assert as_user(other_partner_staff).post(keep, {"on": "no"}).status_code == 404
    client.post(keep, {"on": "no"})
    trainer.refresh_from_db()
    assert not trainer.is_active


def test_a_session_is_changed_on_its_page(planned, partner_staff, trainer, room, as_user):
    session = planned.sessions.first()
    client, url = as_user(partner_staff), reverse("pathways:session-edit", args=[session.pk])
    assert 'value="2026-05-19"' in client.get(url).text
    sent = {"day": "2026-06-02", "start": "16:00", "end": "18:00", "room": room.pk, "trainers": [trainer.pk]}
    page = client.post(url, sent, follow=True).text
    assert "Festa della Repubblica" in page
    assert "Marta Riva" in page
    session.refresh_from_db()
    assert (timezone.localtime(session.starts_at).hour, session.place) == (16, "Aula 2, Via Dogana 2")
    assert "error-summary" in client.post(url, sent | {"end": "15:00"}).text
