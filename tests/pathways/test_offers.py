"""A place that falls free is kept for who is next, who says yes or no; nobody's silence holds it for ever."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from foundation.communications.models import OutgoingMessage
from foundation.privacy.models import Event
from migwork.errors import NotNow
from pathways import actions, intake_parts
from pathways.models import Enrolment
from pathways.queries.offers import offer_token
from pathways.tasks import lapse_offers
from tests import factories
from tests.access.test_limits import from_elsewhere
from tests.pathways import ways


@pytest.fixture
def line(run, edition, now):
    """Two have the two places of the run, two wait for one."""
    asked = [
        actions.enrol(run=run, participation=taker, by=taker.person.user, now=now + timedelta(minutes=n))
        for n, taker in enumerate(ways.taker(edition) for _n in range(4))
    ]
    return asked


def withdraw(enrolment, now):
    return actions.withdraw(enrolment=enrolment, by=enrolment.participation.person.user, now=now)


def state(enrolment):
    return Enrolment.objects.get(pk=enrolment.pk).state


def states(line):
    return [state(enrolment) for enrolment in line]


def test_a_place_given_back_is_offered(run, line, now):
    withdraw(line[0], now)
    assert states(line) == ["withdrawn", "enrolled", "offered", "waiting"]
    actions.accept_offer(enrolment=line[2], by=line[2].participation.person.user, now=now + timedelta(hours=3))
    assert states(line) == ["withdrawn", "enrolled", "enrolled", "waiting"]
    withdraw(line[1], now + timedelta(hours=4))
    actions.decline_offer(enrolment=line[3], by=line[3].participation.person.user, now=now + timedelta(hours=5))
    assert states(line) == ["withdrawn", "withdrawn", "enrolled", "withdrawn"]
    run.refresh_from_db()
    assert run.places_taken == 1


def test_an_offer_is_the_next_step_whatever_else_is_due(run, line, as_user, now):
    waiting = line[2].participation
    assert intake_parts.next_steps(waiting, now) == []
    withdraw(line[0], timezone.now())
    plan = factories.PlanFactory(participation=waiting, state="agreed")
    factories.PlanActionFactory(goal__plan=plan, title="Portare la copia", due_on=timezone.localdate())
    home = as_user(waiting.person.user).get("/").content.decode()
    step = home[home.index('<section class="next-step">') :].split("</section>")[0]
    until = timezone.localtime(Enrolment.objects.get(pk=line[2].pk).offered_until)
    assert "C’è un posto libero: lo vuoi?" in step
    assert f"Rispondi entro {date_format(until, 'l j F, H:i')}" in step
    assert reverse("pathways:enrolment-detail", args=[line[2].pk]) in step


def test_who_answers_twice_reads_what_they_said_first(line, as_user, now):
    withdraw(line[0], timezone.now())
    young = as_user(line[2].participation.person.user)
    address = reverse("pathways:offer-answer", args=[line[2].pk])
    young.post(address, {"answer": "yes"})
    for answer in ("yes", "no"):
        page = young.post(address, {"answer": answer}, follow=True).content.decode()
        assert "Il sì è già arrivato: il posto è confermato." in page
    assert state(line[2]) == "enrolled"


def test_a_lapsed_offer_passes_on(run, line, now):
    withdraw(line[0], now)
    until = Enrolment.objects.get(pk=line[2].pk).offered_until
    assert until == now + timedelta(hours=48)
    assert actions.lapse_offers(now=until - timedelta(seconds=1)) == 0
    with pytest.raises(NotNow) as refusal:
        actions.accept_offer(enrolment=line[2], by=None, now=until)
    assert refusal.value.code == "lapsed"
    assert actions.lapse_offers(now=until) == 1
    assert actions.lapse_offers(now=until) == 0
    assert states(line) == ["withdrawn", "enrolled", "withdrawn", "offered"]
    run.refresh_from_db()
    assert run.places_taken == 2
    assert OutgoingMessage.objects.get(key=f"pathways:offer_lapsed:{line[2].pk}")
    # They may ask again, and stand at the end.
    taker = line[2].participation
    again = actions.enrol(run=run, participation=taker, by=taker.person.user, now=until)
    assert again.state == "waiting"


def test_beat_passes_it_on(line, settings):
    moment = timezone.now()
    withdraw(line[0], moment - timedelta(days=3))
    lapse_offers()
    assert states(line) == ["withdrawn", "enrolled", "withdrawn", "offered"]


def test_the_term_ends_with_the_next_session(run, line, now):
    factories.SessionFactory(run=run, starts_at=now + timedelta(hours=20))
    withdraw(line[0], now)
    assert Enrolment.objects.get(pk=line[2].pk).offered_until == now + timedelta(hours=20)


def test_a_session_that_begins_at_once_leaves_time_to_read(run, line, now):
    factories.SessionFactory(run=run, starts_at=now + timedelta(minutes=20))
    withdraw(line[0], now)
    assert Enrolment.objects.get(pk=line[2].pk).offered_until == now + timedelta(hours=48)


def test_the_plan_begins_with_the_yes(run, edition, participation, plan_action, now):
    first, _second = (
        actions.enrol(run=run, participation=taker, by=taker.person.user, now=now)
        for taker in (ways.taker(edition), ways.taker(edition))
    )
    mine = actions.enrol(
        run=run, participation=participation, plan_action=plan_action, by=participation.person.user, now=now
    )
    withdraw(first, now)
    plan_action.refresh_from_db()
    assert plan_action.state == "to_do"
    actions.accept_offer(enrolment=mine, by=None, now=now)
    plan_action.refresh_from_db()
    assert plan_action.state == "doing"


def test_an_answer_calls_off_the_message_that_waits(run, line, now):
    """Written in quiet hours, answered in the portal before it left."""
    withdraw(line[0], now)
    message = OutgoingMessage.objects.get(key=f"pathways:place_offered:{line[2].pk}")
    actions.accept_offer(enrolment=line[2], by=None, now=now)
    message.refresh_from_db()
    assert message.state == "cancelled"
    assert OutgoingMessage.objects.filter(key=f"pathways:enrolled:{line[2].pk}").count() == 1


def test_by_the_link_without_signing_in(run, line, now):
    moment = timezone.now()
    withdraw(line[0], moment)
    url = reverse("pathways:offer-link", args=[offer_token(line[2])])
    assert url in OutgoingMessage.objects.get(key=f"pathways:place_offered:{line[2].pk}").text
    visitor = from_elsewhere()
    for _time in range(3):
        page = visitor.get(url)
        assert "Sì, vengo" in page.text
        assert page["Cache-Control"] == "private, no-store"
    assert line[2].participation.person.last_name not in page.text
    assert state(line[2]) == "offered"
    assert visitor.post(url, {"answer": "perhaps"}).status_code == 200
    assert visitor.post(url, {"answer": "yes"}).status_code == 302
    assert visitor.post(url, {"answer": "no"}, follow=True).status_code == 200
    assert state(line[2]) == "enrolled"
    assert visitor.get(reverse("pathways:offer-link", args=["AAAA.BBBB"])).status_code == 404


def test_the_operator_answers_for_who_has_no_address(run, edition, operator, as_user, now):
    moment = timezone.now()
    first = ways.taker(edition)
    silent = ways.taker(edition, user=None, email="", phone="")
    silent.operator = operator
    silent.save()
    run.places = 1
    run.save()
    given = actions.enrol(run=run, participation=first, by=operator, now=moment)
    mine = actions.enrol(run=run, participation=silent, by=operator, now=moment)
    withdraw(given, moment)
    told = OutgoingMessage.objects.get(to=operator.email)
    page = reverse("pathways:enrolment-detail", args=[mine.pk])
    assert page in told.text
    assert silent.person.last_name not in told.text + told.subject
    client = as_user(operator)
    assert "Dice di sì" in client.get(page).text
    client.post(reverse("pathways:offer-answer", args=[mine.pk]), {"answer": "yes"})
    assert state(mine) == "enrolled"
    assert Event.objects.get(verb="pathways.offer_accepted").by == operator


def test_strangers_answer_nothing(run, line, partner_staff, other_young_person, as_user, now):
    moment = timezone.now()
    withdraw(line[0], moment)
    for stranger in (partner_staff, other_young_person.user):
        with pytest.raises(PermissionDenied):
            actions.accept_offer(enrolment=line[2], by=stranger, now=moment)
        with pytest.raises(PermissionDenied):
            actions.decline_offer(enrolment=line[2], by=stranger, now=moment)
    url = reverse("pathways:offer-answer", args=[line[2].pk])
    assert as_user(partner_staff).post(url, {"answer": "yes"}).status_code == 403
    assert as_user(other_young_person.user).post(url, {"answer": "yes"}).status_code == 404
    assert state(line[2]) == "offered"


def test_nobody_is_marked_present_on_an_offer(run, line, partner_staff, now):
    session = factories.SessionFactory(run=run, starts_at=now - timedelta(hours=2))
    withdraw(line[0], now)
    actions.record_attendance(session=session, marks={line[2].pk: "present"}, by=partner_staff, now=now)
    assert not session.attendances.exists()


def test_a_run_that_ends_closes_offers_too(run, line, partner_staff, now):
    withdraw(line[0], now)
    actions.complete_run(run=run, by=partner_staff, now=now)
    run.refresh_from_db()
    assert (state(line[2]), state(line[3]), run.places_taken) == ("withdrawn", "withdrawn", 1)


def test_the_database_knows_no_offer_without_a_term(line):
    with pytest.raises(IntegrityError, match="enrolment_offers_end"), transaction.atomic():
        Enrolment.objects.filter(pk=line[2].pk).update(state="offered")
