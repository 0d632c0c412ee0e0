"""Searches that one keeps: told of what is new, once, and of nothing when nothing is; stopped with one tap."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from foundation.communications.actions import send_digests
from foundation.communications.models import OutgoingMessage
from migwork.errors import NotNow
from pathways import actions, search
from pathways.models import KeptSearch, Opportunity
from pathways.privacy import anonymise
from pathways.queries import kept
from pathways.queries.wanted import Wanted
from tests import factories
from tests.pathways import ways


def wanted(query):
    return Wanted.read(QueryDict(query))


@pytest.fixture
def keep(young_person, now):
    def make(query, *, at=now, person=young_person):
        return actions.keep_search(person=person, wanted=wanted(query), by=person.user, now=at)

    return make


@pytest.fixture
def publish(partner, edition, coordinator):
    """A new activity, published at that moment, with dates one can ask for."""

    def make(title, *, at, dates=True, **fields):
        opportunity = ways.course(partner, edition, title=title, state="in_review", **fields)
        if dates:
            plan(opportunity, at=at)
        Opportunity.objects.filter(pk=opportunity.pk).update(search=search.vector(opportunity))
        return actions.change_state(opportunity=opportunity, verb="publish", by=coordinator, now=at)

    return make


def plan(opportunity, *, at):
    first = timezone.localdate(at) + timedelta(days=40)
    return factories.RunFactory(opportunity=opportunity, starts_on=first, ends_on=first, enrol_by=first, planned_at=at)


def news():
    return list(OutgoingMessage.objects.filter(key__startswith="pathways:news:").order_by("created_at", "pk"))


def evening(now, days=0):
    return timezone.localtime(now).replace(hour=17, minute=10) + timedelta(days=days)


def test_digest_of_what_is_new(keep, publish, now):
    publish("Barman di ieri", at=now - timedelta(days=1))
    keep("q=barman")
    keep("famiglia=abroad")
    publish("Barman di domani", at=now + timedelta(hours=2))
    publish("Pizza", at=now + timedelta(hours=2))
    # Not before the evening, and then once, however often the task runs.
    assert actions.tell_of_news(now=now + timedelta(hours=3)) == 0
    assert actions.tell_of_news(now=evening(now)) == 1
    assert actions.tell_of_news(now=evening(now)) == 0
    assert actions.tell_of_news(now=evening(now) + timedelta(hours=1)) == 0
    (first,) = news()
    assert "Barman di domani" in first.text
    assert "Barman di ieri" not in first.text
    assert "Pizza" not in first.text
    assert "barman" not in first.subject.lower()
    # Nothing new: no word.
    assert actions.tell_of_news(now=evening(now, 1)) == 0
    publish("Barman d’estate", at=now + timedelta(days=2))
    assert actions.tell_of_news(now=evening(now, 3)) == 1
    assert "Barman d’estate" in news()[1].text
    assert "Barman di domani" not in news()[1].text


def test_new_dates_are_news_and_closed_ones_are_not(keep, publish, now):
    course = publish("Barman", at=now - timedelta(days=9))
    keep("q=barman")
    publish("Barman senza date", at=now + timedelta(hours=1), dates=False)
    gone = publish("Barman annullato", at=now + timedelta(hours=1))
    gone.runs.update(state="cancelled")
    assert actions.tell_of_news(now=evening(now)) == 0
    plan(course, at=evening(now) + timedelta(hours=2))
    assert actions.tell_of_news(now=evening(now, 1)) == 1
    assert "annullato" not in news()[0].text


def test_all_of_one_person_in_one_message_each_once(keep, publish, other_young_person, now):
    keep("q=barman")
    keep("famiglia=training")
    keep("q=barman", person=other_young_person)
    publish("Barman", at=now + timedelta(hours=1), family="training")
    assert actions.tell_of_news(now=evening(now)) == 2
    mine = next(message for message in news() if message.about == KeptSearch.objects.first().person_id)
    assert mine.text.count("- Barman") == 1


def test_it_waits_for_ones_digest(keep, publish, young_person, now):
    factories.PreferenceFactory(about=young_person.pk, digest="daily")
    keep("q=barman")
    publish("Barman", at=now + timedelta(hours=1))
    assert actions.tell_of_news(now=evening(now)) == 1
    assert news()[0].state == "queued"
    assert send_digests(now=evening(now, 1).replace(hour=18, minute=15)) == 1
    assert news()[0].state == "digested"


def test_who_wants_no_activities_or_is_limited_hears_nothing(keep, publish, young_person, other_young_person, now):
    keep("q=barman")
    keep("q=barman", person=other_young_person)
    factories.PreferenceFactory(about=young_person.pk, off=["activities"])
    type(other_young_person).objects.filter(pk=other_young_person.pk).update(limited_at=now)
    publish("Barman", at=now + timedelta(hours=1))
    assert actions.tell_of_news(now=evening(now)) == 0


def test_it_ends_after_six_months_with_a_note(keep, now):
    row = keep("q=barman")
    assert str(row.ends_on) == "2026-11-05"
    last = evening(now.replace(month=11, day=4))
    assert actions.tell_of_news(now=last) == 0
    assert actions.tell_of_news(now=last + timedelta(days=1)) == 1
    assert "sei mesi" in news()[0].text
    assert not KeptSearch.objects.exists()
    assert actions.tell_of_news(now=last + timedelta(days=2)) == 0


def test_what_is_kept(keep, operator, young_person, now):
    """Always the same words for the same search; when it begins and what is near does not count."""
    row = keep("famiglia=training&q=+Barman&quando=mese&vicino=3&dopo=x_3")
    assert row.query == "q=Barman&famiglia=training"
    later = keep("q=Barman&famiglia=training", at=now + timedelta(days=30))
    assert (later.pk, str(later.ends_on)) == (row.pk, "2026-12-04")
    for nothing in ("", "quando=mese", "vicino=3"):
        with pytest.raises(NotNow):
            keep(nothing)
    for n in range(1, kept.MOST):
        keep(f"municipio={n}" if n < 10 else f"eta={n}")
    with pytest.raises(NotNow) as refusal:
        keep("eta=20")
    assert refusal.value.code == "many"
    with pytest.raises(PermissionDenied):
        actions.keep_search(person=young_person, wanted=wanted("q=x"), by=operator, now=now)


def test_stopped_with_one_tap_and_by_link(keep, as_user, client, young_person, other_young_person):
    first, second = keep("q=barman"), keep("q=pizza")
    mine = as_user(young_person.user)
    assert "«barman»" in mine.get("/ricerche/").text
    stop = reverse("pathways:search-stop", args=[first.pk])
    assert as_user(other_young_person.user).post(stop).status_code == 404
    mine.post(stop)
    assert list(KeptSearch.objects.all()) == [second]
    link = reverse("pathways:search-stop-link", args=[kept.token_of(second)])
    page = client.get(link)
    assert page["Cache-Control"] == "private, no-store"
    assert "pizza" not in page.text
    assert KeptSearch.objects.count() == 1
    client.post(link)
    assert "non ti scriviamo più" in client.get(link).text
    assert not KeptSearch.objects.exists()
    client.post(link)


def test_forgotten_with_the_person(keep, young_person, operator, now):
    keep("q=barman")
    anonymise(young_person.pk, operator, now)
    assert not KeptSearch.objects.exists()
