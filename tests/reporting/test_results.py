"""What became of those who left."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intake.models import FollowUp
from reporting.results import BETTER, QUALIFIED, results
from tests import factories


@pytest.fixture
def left(edition, now):
    """Five who left: three answered after four weeks, one of them left twice; nobody is six months away yet."""
    today = now.date()

    def answered(person, days_ago=1, **what):
        return factories.FollowUpFactory(
            participation=person,
            due_on=today - timedelta(days=days_ago),
            asked_at=now,
            answered_at=now,
            sheet=factories.AnswerSheetFactory(),
            **what,
        )

    people = [
        factories.ParticipationFactory(
            edition=edition, state="dropped", ending="moved", closed_at=now, person__gender=gender
        )
        for gender in ("f", "f", "m", "m", "")
    ]
    answered(people[0], days_ago=90, situation="searching")
    answered(people[0], situation="employed", has_qualified=True, is_better=True)
    answered(people[1], situation="employed", is_better=False)
    answered(people[2], situation="studying")
    factories.FollowUpFactory(participation=people[3], due_on=today, asked_at=now)
    factories.FollowUpFactory(participation=people[4], due_on=today + timedelta(days=1))
    answered(factories.ParticipationFactory(state="dropped", ending="moved", closed_at=now), situation="other")
    return today


def test_results_count_who_answered(left, edition):
    first, second = results(edition, left)
    assert (first.due, first.asked, first.answered) == (4, 4, 3)
    assert (first.of("employed"), first.of("studying"), first.of("searching")) == (2, 1, 0)
    assert first.counts["employed", "f"] == 2
    assert (first.of(QUALIFIED), first.of(BETTER)) == (1, 1)
    assert (second.due, second.answered) == (0, 0)


def test_the_page_says_them(left, edition, as_user, coordinator):
    page = as_user(coordinator).get(reverse("reporting:results")).content.decode()
    assert "67 %" in page
    assert FollowUp.objects.filter(situation="other").count() == 1
