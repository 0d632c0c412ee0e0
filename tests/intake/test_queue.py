"""The queue of the day: from the door to the talk, one person for one operator, names no longer than needed."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from accounts.enums import Role
from foundation.privacy.models import Event
from intake import actions
from intake.models import Participation, QueueEntry
from migwork.errors import NotNow
from programme.models import Organisation
from tests import factories

QUEUE = "/accoglienza/coda/"
POLL = {"HX-Request": "true", "X-Poll": "1"}


@pytest.fixture
def desk(as_user, operator):
    return as_user(operator)


@pytest.fixture
def entry(edition, operator, now):
    return actions.join_queue(first_name="Amina", wants="Un corso", by=operator, now=now)


def step(entry, name):
    return reverse("intake:queue-step", args=[entry.pk, name])


def test_from_the_door_to_the_talk(desk, participation, operator, now):
    desk.post(reverse("intake:queue-join", args=[participation.pk]))
    entry = QueueEntry.objects.get()
    assert "1 persona in attesa" in desk.get(QUEUE).text
    desk.post(step(entry, "chiama"))
    assert "Chiamata alle 10:00 da" in desk.get(QUEUE).text
    desk.post(step(entry, "aspetta"))
    desk.post(step(entry, "chiama"))
    response = desk.post(step(entry, "ricevi"))
    assert response["Location"] == reverse("intake:person-file", args=[participation.pk])
    desk.post(step(entry, "uscita"))
    entry.refresh_from_db()
    times = (entry.arrived_at, entry.called_at, entry.received_at, entry.left_at)
    assert (entry.state, entry.called_by, times) == ("left", operator, (now,) * 4)
    verbs = ["arrived", "called", "put_back", "called", "received", "left"]
    events = Event.objects.filter(about=participation.person_id, verb__startswith="intake.queue_").order_by("pk")
    assert [event.verb for event in events] == [f"intake.queue_{verb}" for verb in verbs]
    participation.refresh_from_db()
    assert participation.last_contact_at == now
    assert "1 persona è già andata via" in desk.get(QUEUE).text
    story = desk.get(reverse("intake:person-file", args=[participation.pk])).text
    assert story.count("allo sportello") == 1


def test_nobody_stands_in_the_queue_twice(participation, operator, now):
    entry = actions.join_queue(participation=participation, by=operator, now=now)
    with pytest.raises(NotNow, match=r"in the queue already|già in coda"):
        actions.join_queue(participation=participation, by=operator, now=now)
    actions.leave_queue(entry=entry, by=operator, now=now)
    actions.join_queue(participation=participation, by=operator, now=now)
    assert QueueEntry.objects.here().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_operators_call_at_once(edition, operator, other_operator, now):
    entry = actions.join_queue(first_name="Amina", by=operator, now=now)
    answers, ready = [], threading.Barrier(2)

    def race(user):
        ready.wait()
        try:
            answers.append(actions.call_from_queue(entry=entry, by=user, now=now).state)
        except NotNow as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=race, args=(user,)) for user in (operator, other_operator)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == ["called", "taken"]
    assert Event.objects.filter(verb="intake.queue_called").count() == 1


def test_another_desk_neither_sees_nor_calls(desk, as_user, entry, partner, now):
    elsewhere = factories.member(Role.OPERATOR, partner)
    assert "Amina" in desk.get(QUEUE).text
    assert "Amina" not in as_user(elsewhere).get(QUEUE).text
    assert as_user(elsewhere).post(step(entry, "chiama")).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.call_from_queue(entry=entry, by=elsewhere, now=now)


def test_the_list_is_sent_again_only_when_something_changed(desk, entry, operator, now):
    version = desk.get(QUEUE).context["queue"].version
    unchanged = desk.get(QUEUE, {"v": version}, headers=POLL)
    assert (unchanged.status_code, unchanged.content) == (204, b"")
    actions.call_from_queue(entry=entry, by=operator, now=now)
    changed = desk.get(QUEUE, {"v": version}, headers=POLL)
    assert changed.status_code == 200
    assert changed.text.lstrip().startswith('<div id="queue"')
    assert "Chiamata alle" in changed.text


def test_a_page_that_looks_by_itself_keeps_nobody_signed_in(desk, now):
    seen = desk.session["seen"]
    session = desk.session
    session["seen"] = seen - 20 * 60
    session.save()
    desk.get(QUEUE, {"v": "old"}, headers=POLL)
    assert desk.session["seen"] == seen - 20 * 60
    desk.get(QUEUE)
    assert desk.session["seen"] > seen - 20 * 60


def test_a_first_name_is_forgotten_over_night(entry, participation, operator, now):
    known = actions.join_queue(participation=participation, wants="Il tirocinio", by=operator, now=now)
    assert actions.forget_past_queues(now=now + timedelta(hours=13)) == 0
    actions.forget_past_queues(now=now + timedelta(hours=15))
    entry.refresh_from_db()
    known.refresh_from_db()
    assert (entry.state, entry.first_name, entry.wants) == ("left", "", "")
    assert (known.state, known.wants) == ("left", "Il tirocinio")
    assert actions.forget_past_queues(now=now + timedelta(hours=16)) == 0


def test_what_they_came_for_is_for_operators(entry, as_user, operator, administrator):
    assert "Un corso" in as_user(operator).get(QUEUE).text
    text = as_user(administrator).get(QUEUE).text
    assert "Amina" in text
    assert "Un corso" not in text


def test_who_signed_up_is_received_from_the_queue(desk, participation, operator, now):
    entry = actions.join_queue(participation=participation, wants="Un corso", by=operator, now=now)
    page = reverse("intake:reception-create", args=[participation.pk]) + f"?coda={entry.pk}"
    actions.call_from_queue(entry=entry, by=operator, now=now)
    assert page in desk.get(QUEUE).text
    assert "Un corso</textarea>" in desk.get(page).text
    desk.post(page, {"need": "Un corso", "channel": "walk_in", "next_step": "Un colloquio"})
    entry.refresh_from_db()
    assert entry.state == "received"
    assert Participation.objects.get().state == "received"
    assert desk.get(f"/accoglienza/nuova-persona/?coda={entry.pk}x").status_code == 200


def test_the_queue_costs_the_same_whatever_the_rows(desk, edition, operator, now):
    costs = []
    for more in (1, 10):
        for _ in range(more):
            way = factories.ParticipationFactory(edition=edition)
            known = actions.join_queue(participation=way, by=operator, now=now)
            factories.AppointmentFactory(
                participation=factories.ParticipationFactory(edition=edition),
                operator=factories.member(Role.OPERATOR, Organisation.objects.get(code="comune-di-milano")),
                organisation_id=known.organisation_id,
                starts_at=now + timedelta(hours=1),
            )
            actions.join_queue(first_name="Luca", by=operator, now=now)
            actions.call_from_queue(entry=known, by=operator, now=now)
        costs.append((desk.get(QUEUE).queries, desk.get(QUEUE, headers=POLL).queries))
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 8


def test_a_first_name_turns_out_to_be_somebody_we_know(desk, entry, participation, operator, now):
    """The queue knows "Amina" only; the desk finds her by name, and from then on her file is one click away."""
    person = participation.person
    person.first_name = "Amina"
    person.sort_key = "bianchi amina"
    person.save()
    who = reverse("intake:queue-who", args=[entry.pk])
    assert who in desk.get(QUEUE).text
    assert person.last_name in desk.get(who).text
    assert person.last_name in desk.post(who, {"q": "bianchi"}).text
    assert desk.post(who, {"it": "x"}).status_code == 404
    assert desk.post(who, {"it": participation.pk})["Location"] == QUEUE
    entry.refresh_from_db()
    assert (entry.participation, entry.first_name, entry.state) == (participation, "", "arrived")
    assert desk.get(who).status_code == 404
    second = actions.join_queue(first_name="Amina", by=operator, now=now)
    with pytest.raises(NotNow):
        actions.tie_queue_entry(entry=second, participation=participation, by=operator, now=now)


def test_who_stands_at_the_desk_is_put_in_from_their_file(desk, participation):
    file = desk.get(reverse("intake:person-file", args=[participation.pk])).text
    join = reverse("intake:queue-join", args=[participation.pk])
    assert join in file
    assert "È qui" in file
    desk.post(join)
    assert QueueEntry.objects.get().participation == participation


def test_who_is_here_already_is_not_put_in_again(desk, participation, operator, now):
    """Their file and the search say since when they are here, until they leave; then they may come again."""
    entry = actions.join_queue(participation=participation, by=operator, now=now)
    pages = [
        reverse("intake:person-file", args=[participation.pk]),
        f"/accoglienza/?q={participation.person.last_name}",
    ]
    join = reverse("intake:queue-join", args=[participation.pk])
    for page in pages:
        text = desk.get(page).text
        assert "Qui dalle 10:00" in text
        assert join not in text
    actions.leave_queue(entry=entry, by=operator, now=now)
    for page in pages:
        assert join in desk.get(page).text
