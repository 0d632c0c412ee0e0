"""Whoever is made anonymous is counted as before, in every figure."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.actions import anonymise_person
from accounts.models import YoungPerson
from foundation.privacy import actions as privacy
from foundation.privacy import queries
from internships.enums import InternshipState
from internships.models import Internship
from migwork.months import add_months
from pathways.enums import RunState
from pathways.models import Run
from programme.models import Edition
from reporting.counting import count_figures
from tests import factories


def figures(edition, now) -> str:
    counted = count_figures(edition, from_day=edition.starts_on, to_day=timezone.localdate(now), now=now)
    return json.dumps(counted, sort_keys=True, default=str)


@pytest.fixture
def settled(facts):
    """All is over, as when a term ends: what was still to come would be called off, and so count no more."""
    Run.objects.update(state=RunState.COMPLETED)
    Internship.objects.exclude(state=InternshipState.CANCELLED).update(state=InternshipState.COMPLETED)


def test_figures_are_equal_before_and_after(edition, settled, privacy_officer, now):
    before = figures(edition, now)
    births = list(YoungPerson.objects.order_by("pk").values_list("birth_date", flat=True))
    for person in YoungPerson.objects.all():
        anonymise_person(person=person, by=privacy_officer, now=now)

    assert figures(edition, now) == before
    assert births != list(YoungPerson.objects.order_by("pk").values_list("birth_date", flat=True))
    assert set(YoungPerson.objects.values_list("first_name", flat=True)) == {"Persona anonima"}


def test_the_test_sees_a_figure_that_would_change(edition, settled, now):
    """Had the eraser taken a state or a birth date with it, the one above would say so."""
    before = figures(edition, now)
    YoungPerson.objects.update(birth_date="1950-01-01")
    assert figures(edition, now) != before


def test_the_rule_of_the_final_payment_lets_a_whole_edition_go(edition, settled, now):
    """Warned, then anonymous; the chain of what happened still holds and the figures are the same."""
    rule = factories.RetentionRuleFactory(code="file", months=60, starts="final_payment", warning_days=30)
    paid = edition.ends_on
    Edition.objects.update(final_payment_on=paid)
    privacy.seal(now=now)
    people = YoungPerson.objects.filter(participations__isnull=False).distinct().count()
    counted = timezone.localdate(now)
    before = figures(edition, now)

    due_on = add_months(paid, 60)
    warning = now.replace(year=due_on.year, month=due_on.month, day=due_on.day) - timedelta(days=20)
    warned = privacy.run_retention(rule=rule, on=warning.date(), dry_run=False, by=None, now=warning)
    assert {due.step for due in warned} == {"warn"}
    early = privacy.run_retention(rule=rule, on=due_on, dry_run=False, by=None, now=warning)
    assert {due.step for due in early} == {"warned"}, "thirty days to answer, whatever the day"
    later = warning + timedelta(days=30)
    gone = privacy.run_retention(rule=rule, on=later.date(), dry_run=False, by=None, now=later)

    assert {due.step for due in gone} == {"anonymise"}
    assert len(gone) == people
    assert YoungPerson.objects.exclude(anonymised_at=None).count() == people
    privacy.seal(now=later)
    assert queries.verify() == []
    assert timezone.localdate(now) == counted
    assert figures(edition, now) == before
