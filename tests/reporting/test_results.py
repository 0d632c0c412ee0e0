"""What became of those who left."""

from datetime import timedelta

import pytest
from django.urls import reverse

from intake.models import FollowUp
from reporting.results import BETTER, QUALIFIED, as_data, results
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


def test_answers_that_came_later_are_not_in_the_figures_of_a_day_before(left, edition, now):
    FollowUp.objects.filter(situation="studying").update(answered_at=now + timedelta(days=1))
    first, _second = results(edition, left)
    assert (first.due, first.answered, first.of("studying")) == (4, 2, 0)


def test_of_fewer_than_five_answers_the_page_says_only_how_many(left, edition, as_user, coordinator):
    page = as_user(coordinator).get(reverse("reporting:results")).text
    assert "<strong>3</strong> risposte su 4" in page
    assert "Meno di cinque risposte" in page
    assert "67 %" not in page


@pytest.fixture
def many(edition, now):
    """Twenty answers: work 13 (7 women, 6 men), search 6 (5, 1), something else 1."""
    said = [("employed", "f", 7), ("employed", "m", 6), ("searching", "f", 5), ("searching", "m", 1), ("other", "", 1)]
    for situation, gender, people in said:
        for _n in range(people):
            factories.FollowUpFactory(
                participation__edition=edition,
                participation__person__gender=gender,
                due_on=now.date(),
                asked_at=now,
                answered_at=now,
                sheet=factories.AnswerSheetFactory(),
                situation=situation,
                has_qualified=situation == "other" or None,
            )


def test_the_page_shows_nobody_and_nothing_by_which_somebody_could_be_worked_out(many, edition, now):
    rows = {row["result"]: (row["genders"], row["count"]) for row in as_data(results(edition, now.date())[0])["rows"]}
    assert rows["employed"] == ([7, 6, 0, 0], 13)
    # The one man goes with the zeros beside him: of the one who is left of six nobody knows which it is.
    assert rows["searching"] == ([5, None, None, None], 6)
    # The one with something else and nobody who studies: hidden together, for all twenty answers are told of.
    assert rows["other"] == rows["studying"] == ([None] * 4, None)
    assert rows["qualified"] == ([None] * 4, None)
    assert rows["better"] == ([0, 0, 0, 0], 0)


def test_the_page_says_them(many, edition, as_user, coordinator):
    page = as_user(coordinator).get(reverse("reporting:results")).text
    assert "65 %" in page
    assert "* non mostrato" in page
