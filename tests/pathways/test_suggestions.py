"""Activities for somebody's plan: why each is there, in which order, of which data, and how to switch it off."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from pathways import actions, search
from pathways.enums import SuggestedBy
from pathways.models import Opportunity, SuggestionChoice
from pathways.queries import suggestions
from tests import factories
from tests.pathways import ways

PAGE = "/opportunita/per-te/"


@pytest.fixture
def offer(partner, edition, now):
    """An activity that one can ask for from today, beginning in `days`."""

    def make(title, *, days=20, **fields):
        opportunity = ways.course(partner, edition, title=title, **fields)
        first = timezone.localdate(now) + timedelta(days=days)
        factories.RunFactory(opportunity=opportunity, starts_on=first, ends_on=first, enrol_by=first, places=5)
        Opportunity.objects.filter(pk=opportunity.pk).update(search=search.vector(opportunity), next_start_on=first)
        return opportunity

    return make


def found(participation, now):
    today = timezone.localdate(now)
    used = suggestions.used_for(participation, today, "it")
    return [(row.card["title"], row.reasons) for row in suggestions.suggestions(participation, used, today)]


def test_each_with_its_reason(offer, participation, as_user, now):
    person = participation.person
    person.municipio = 3
    person.save()
    ways.step_of_plan(participation, title="Imparare la pasticceria", kind="activity")
    label = factories.SkillLabelFactory(label="Potare le siepi", language="it")
    factories.PersonSkillFactory(person=person, skill=label.skill)
    offer("Giardini in città: potare siepi e alberi", family="volunteering", days=5)
    offer("Cinema nel quartiere", family="volunteering", municipio=3, days=4)
    offer("Saldatura", family="training", days=3)
    offer("Pasticceria del mattino", family="training", municipio=3, days=30)
    offer("Teatro", family="abroad", days=2)
    said = found(participation, now)
    assert said == [
        (
            "Pasticceria del mattino",
            ["Perché il tuo progetto ha il passo «Imparare la pasticceria».", "Perché è nel tuo municipio, il 3."],
        ),
        ("Giardini in città: potare siepi e alberi", ["Perché fra le tue competenze c’è «Potare le siepi»."]),
        ("Cinema nel quartiere", ["Perché è nel tuo municipio, il 3."]),
    ]
    page = as_user(person.user).get(PAGE).text
    for title, reasons in said:
        assert title in page
        assert all(reason.split("«")[0] in page for reason in reasons)
    assert "Prima quello che nomina un passo" in page
    assert "Potare le siepi" in page


def test_a_step_speaks_of_a_kind(offer, participation, now):
    ways.step_of_plan(participation, title="Frequentare un corso scelto insieme", kind="activity")
    offer("Saldatura", family="training", days=9)
    offer("Barman", family="training", days=3)
    offer("Erasmus", family="abroad", days=1)
    why = ["Perché il tuo progetto ha il passo «Frequentare un corso scelto insieme»."]
    assert found(participation, now) == [("Barman", why), ("Saldatura", why)]


def test_only_what_one_can_join(offer, participation, now):
    person = participation.person
    person.municipio, person.employment = 3, "studying"
    person.save()
    offer("Per chi ha più di trent’anni", municipio=3, min_age=30)
    offer("Per chi cerca lavoro", municipio=3, employment_in=["unemployed"])
    mine = offer("Già mia", municipio=3)
    factories.EnrolmentFactory(run=mine.runs.get(), participation=participation)
    closed = offer("Chiusa", municipio=3)
    closed.runs.update(state="cancelled")
    offer("Bozza", municipio=3, state="draft")
    offer("Va bene", municipio=3)
    assert [title for title, _why in found(participation, now)] == ["Va bene"]


def test_a_kept_search_is_a_reason(offer, participation, now):
    factories.KeptSearchFactory(person=participation.person, query="q=saldatura&famiglia=training")
    offer("Saldatura", family="training")
    offer("Saldatura dal vivo", family="job_shadowing")
    why = "Perché hai salvato la ricerca «saldatura» · Imparare un mestiere."
    assert found(participation, now) == [("Saldatura", [why])]


def test_the_same_order_each_time(offer, participation, now):
    person = participation.person
    person.municipio = 3
    person.save()
    for n in range(6):
        offer(f"Attività {n}", municipio=3, days=7)
    first = found(participation, now)
    assert [title for title, _why in first] == [f"Attività {n}" for n in range(6)]
    assert all(found(participation, now) == first for _n in range(3))


def test_switched_off_by_oneself(offer, participation, as_user, operator, now):
    person = participation.person
    person.municipio = 3
    person.save()
    offer("Qui vicino", municipio=3)
    client = as_user(person.user)
    client.post(PAGE, {"used": ["plan", "searches", "skills", "nonsense"]})
    assert SuggestionChoice.objects.get().off == ["near"]
    page = client.get(PAGE).text
    assert "Qui vicino" not in page
    assert "Municipio 3" not in page
    client.post(PAGE, {})
    assert "I suggerimenti sono spenti" in client.get(PAGE).text
    client.post(PAGE, {"used": list(SuggestedBy)})
    assert "Qui vicino" in client.get(PAGE).text
    with pytest.raises(PermissionDenied):
        actions.choose_what_is_used(person=person, used=[], by=operator, now=now)


@pytest.mark.parametrize("fields", [{"citizenship": "UA"}, {"gender": "f"}, {"unaccompanied": True}])
def test_nothing_sensitive_is_used(offer, participation, fields, now):
    """Health and disability live elsewhere and are never read; of what the person's row holds nothing changes it."""
    person = participation.person
    person.municipio = 3
    person.save()
    for n in range(3):
        offer(f"Attività {n}", municipio=3)
    before = found(participation, now)
    type(person).objects.filter(pk=person.pk).update(**fields)
    participation.person.refresh_from_db()
    assert found(participation, now) == before


def test_who_has_no_way_yet_is_met_kindly(edition, as_user):
    stranger = factories.YoungPersonFactory()
    assert "Prima conosciamoci" in as_user(stranger.user).get(PAGE).text


def test_as_many_queries_whatever_is_known(offer, participation, as_user, django_assert_max_num_queries, now):
    person = participation.person
    person.municipio = 3
    person.save()
    for n in range(6):
        ways.step_of_plan(participation, title=f"Pasticceria {n}", kind="activity")
        label = factories.SkillLabelFactory(label=f"Potare {n}", language="it")
        factories.PersonSkillFactory(person=person, skill=label.skill)
        factories.KeptSearchFactory(person=person, query=f"q=barman+{n}&famiglia=training")
        offer(f"Pasticceria {n}", municipio=3)
    client = as_user(person.user)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        client.get(PAGE)


def test_linked_from_home_and_plan(participation, as_user):
    ways.step_of_plan(participation, title="Pasticceria", kind="activity")
    client = as_user(participation.person.user)
    for name in ("portal:home", "intake:my-plan"):
        assert PAGE in client.get(reverse(name)).text
