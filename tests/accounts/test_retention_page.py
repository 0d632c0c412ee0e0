"""The privacy officer's dry run: what would go when, in numbers."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command

from accounts.models import YoungPerson
from foundation.privacy.actions import run_retention
from foundation.privacy.models import RetentionRule, RetentionRun
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    call_command("privacy", "rules", stdout=io.StringIO())


def came_once(days_ago, now, edition, **fields):
    moment = now - timedelta(days=days_ago)
    person = factories.YoungPersonFactory(created_at=moment, **fields)
    factories.ParticipationFactory(person=person, edition=edition, opened_at=moment, state_since=moment)
    return person


def parts(response, code):
    (ending,) = (ending for ending in response.context["endings"] if ending.rule.code == code)
    return [(part.month and f"{part.month:%Y-%m}", part.count) for part in ending.parts]


def test_counts_per_rule_and_no_names(as_user, privacy_officer, rules, edition, now):
    people = [came_once(days, now, edition, last_name="Ventimiglia") for days in (900, 899, 650, 300)]
    factories.AccessFactory.create_batch(3, at=now - timedelta(days=900))
    page = as_user(privacy_officer)
    today = page.get("/conservazione/")
    assert parts(today, "first-contact") == [("2025-11", 2)]
    assert parts(today, "openings") == [(None, 3)]
    assert parts(today, "messages") == []
    # The next months bring who came less long ago.
    assert parts(page.get("/conservazione/?mesi=3"), "first-contact") == [("2025-11", 2), ("2026-07", 1)]
    assert page.get("/conservazione/?mesi=99").context["today"]
    said = today.content.decode()
    assert "Ventimiglia" not in said
    assert not any(str(person.pk) in said for person in people)
    assert not YoungPerson.objects.exclude(anonymised_at=None).exists()
    assert not RetentionRun.objects.exists()


def test_what_the_last_night_did_is_said(as_user, privacy_officer, rules, edition, now):
    came_once(900, now, edition)
    rule = RetentionRule.objects.get(code="first-contact")
    run_retention(rule=rule, on=now.date(), dry_run=False, by=None, now=now)
    said = as_user(privacy_officer).get("/conservazione/").content.decode()
    assert "Ultima esecuzione: 5 maggio 2026, 10:00. Avvisata ora che i suoi dati scadono: 1" in said


def test_as_many_queries_whoever_is_due(as_user, privacy_officer, rules, edition, now, django_assert_max_num_queries):
    for days in range(880, 900):
        came_once(days, now, edition)
    page = as_user(privacy_officer)
    with django_assert_max_num_queries(12):
        page.get("/conservazione/")
