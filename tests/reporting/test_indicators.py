"""The figures against plainly written SQL, which knows nothing of the code that counts them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from reporting.counting import count, count_figures, first_days, target_scope
from reporting.indicators import INDICATORS, Scope
from tests import factories as f

PLAIN = """
    SELECT p.person_id, (r.at AT TIME ZONE 'Europe/Rome')::date AS day, o.id AS macro_action, r.organisation_id
    FROM intake_reception r JOIN intake_participation p ON p.id = r.participation_id
    LEFT JOIN programme_macroaction o ON o.edition_id = p.edition_id AND o.kind = 'orientation'
    WHERE p.edition_id = %(edition)s
  UNION ALL
    SELECT p.person_id, (i.completed_at AT TIME ZONE 'Europe/Rome')::date, o.id, i.organisation_id
    FROM intake_interview i JOIN intake_participation p ON p.id = i.participation_id
    LEFT JOIN programme_macroaction o ON o.edition_id = p.edition_id AND o.kind = 'orientation'
    WHERE p.edition_id = %(edition)s AND i.completed_at IS NOT NULL
  UNION ALL
    SELECT p.person_id, (a.starts_at AT TIME ZONE 'Europe/Rome')::date, o.id, a.organisation_id
    FROM intake_appointment a JOIN intake_participation p ON p.id = a.participation_id
    LEFT JOIN programme_macroaction o ON o.edition_id = p.edition_id AND o.kind = 'orientation'
    WHERE p.edition_id = %(edition)s AND a.state = 'seen'
  UNION ALL
    SELECT p.person_id, (s.starts_at AT TIME ZONE 'Europe/Rome')::date, o.macro_action_id, o.organisation_id
    FROM pathways_attendance t JOIN pathways_session s ON s.id = t.session_id
    JOIN pathways_enrolment e ON e.id = t.enrolment_id JOIN intake_participation p ON p.id = e.participation_id
    JOIN pathways_run u ON u.id = e.run_id JOIN pathways_opportunity o ON o.id = u.opportunity_id
    WHERE p.edition_id = %(edition)s AND t.state IN ('present', 'late')
  UNION ALL
    SELECT p.person_id, d."on", i.macro_action_id, i.promoter_id
    FROM internships_registerday d JOIN internships_internship i ON i.id = d.internship_id
    JOIN intake_participation p ON p.id = i.participation_id
    WHERE p.edition_id = %(edition)s
"""
# Older than `max_age` is who has had the birthday after it; nobody in these tests is born on 29 February.
ELIGIBLE = """
    SELECT p.person_id FROM intake_participation p
    JOIN accounts_youngperson y ON y.id = p.person_id JOIN programme_edition e ON e.id = p.edition_id
    WHERE e.id = %(edition)s AND y.tie = ANY(e.ties) AND y.tie <> 'none'
      AND (p.opened_at AT TIME ZONE 'Europe/Rome')::date >= y.birth_date + make_interval(years => e.min_age)
      AND (p.opened_at AT TIME ZONE 'Europe/Rome')::date < y.birth_date + make_interval(years => e.max_age + 1)
"""


def persons(edition, where="true", **params):
    """Distinct persons by the plain SQL."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(DISTINCT person_id) FROM ({PLAIN}) f WHERE person_id IN ({ELIGIBLE}) "
            f"AND day BETWEEN %(starts_on)s AND %(ends_on)s AND day <= %(today)s AND {where}",
            {"edition": edition.pk, "starts_on": edition.starts_on, "ends_on": edition.ends_on}
            | {"today": date(2026, 5, 5)}
            | params,
        )
        return cursor.fetchone()[0]


def test_involved_equals_the_plain_sql_in_all_and_in_each_part(edition, facts, macro_actions, city, partner):
    counted = count(INDICATORS["involved"], Scope.of(edition))

    assert counted.total == facts["involved"] == persons(edition)
    assert counted.by_macro_action == {
        m.pk: n for m in macro_actions.values() if (n := persons(edition, "macro_action = %(m)s", m=m.pk))
    }
    partners = {p.organisation_id for p in edition.partnerships.all()}
    assert counted.by_organisation == {
        o: n for o in partners if (n := persons(edition, "organisation_id = %(o)s", o=o))
    }
    assert sum(counted.by_organisation.values()) > counted.total, "who was at two partners counts once in the total"


def test_in_training_are_those_in_the_targets_macro_actions(edition, facts, macro_actions):
    indicator = INDICATORS["in_training"]
    target = edition.targets.get(code="in-training")
    scope = target_scope(indicator, Scope.of(edition), target)

    assert count(indicator, scope).total == facts["in_training"]
    assert facts["in_training"] == persons(edition, "macro_action = %(m)s", m=macro_actions[4].pk)

    target.macro_actions.set([macro_actions[3]])
    scope = target_scope(indicator, Scope.of(edition), target)
    assert count(indicator, scope).total == persons(edition, "macro_action = %(m)s", m=macro_actions[3].pk) == 2


def test_each_figure_opens_as_many_rows_as_it_counts(edition, facts, macro_actions, partner, city):
    scope = Scope.of(edition)
    for indicator in INDICATORS.values():
        if indicator.adds != "persons":
            continue
        own = indicator.scope(scope)
        for narrowed in (
            own,
            own.within(macro_actions=[macro_actions[4].pk]),
            own.within(macro_actions=[macro_actions[2].pk]),
            own.within(organisation=partner.pk),
            own.within(organisation=city.pk),
        ):
            rows = indicator.participations(narrowed)
            assert rows.values("person").distinct().count() == rows.count() == count(indicator, narrowed).total


def test_a_month_counts_who_came_for_the_first_time(edition, facts):
    firsts = first_days(INDICATORS["involved"], Scope.of(edition))
    assert sum(firsts.values()) == facts["involved"]
    # The person received on the 5th and in the course on the 14th came first on the 5th.
    assert firsts[date(2026, 4, 5)] == 1
    assert firsts[edition.starts_on] == 1


def test_days_outside_the_edition_never_count_whatever_is_asked(edition, facts):
    early, late = edition.starts_on - timedelta(days=400), edition.ends_on + timedelta(days=400)
    scope = Scope.of(edition, early, late)
    assert (scope.from_day, scope.to_day) == (edition.starts_on, edition.ends_on)
    assert count(INDICATORS["involved"], scope).total == facts["involved"]


def test_two_editions_count_the_same_person_once_each(edition, facts, city, now):
    again = f.project(code="second", name="Second")
    person = edition.participations.get(person__first_name="Received").person
    f.ReceptionFactory(participation=f.ParticipationFactory(person=person, edition=again), organisation=city, at=now)
    assert count(INDICATORS["involved"], Scope.of(again)).total == 1
    assert count(INDICATORS["involved"], Scope.of(edition)).total == facts["involved"]


def test_hours_are_added_to_the_quarter(edition, facts):
    counted = count(INDICATORS["hours"], Scope.of(edition))
    # Course 4 + 3.5, workshop 4 + 4, two internship days of 6; absent and not eligible: nothing.
    assert counted.total == Decimal("27.50")


def test_figures_hold_targets_of_any_number_and_unit(edition, facts, now):
    f.TargetFactory(edition=edition, code="platform", name="Platform", unit="milestone", value=1, indicator="")
    f.TargetFactory(edition=edition, code="interns", name="Interns", value=60, indicator="interns")
    data = count_figures(edition, from_day=edition.starts_on, to_day=now.date(), now=now)
    assert [(t["code"], t["count"]) for t in data["targets"]] == [
        ("involved", facts["involved"]),
        ("in-training", facts["in_training"]),
        ("platform", None),
        ("interns", 1),
    ]
    assert data["targets"][0]["months"] == {"2025-10": 1, "2026-04": 8}
    assert data["funnel"][0] == {"slug": "registered", "count": data["indicators"][2]["count"], "days": None}
    assert {m["number"]: m["counts"]["involved"] for m in data["macro_actions"]}[4] == 3


def test_a_report_counts_its_period_apart(edition, facts, now):
    data = count_figures(edition, from_day=date(2026, 4, 1), to_day=now.date(), now=now)
    involved = data["indicators"][0]
    assert (involved["count"], involved["period"]) == (facts["involved"], facts["involved"] - 1)


@pytest.mark.parametrize("to_day", [date(2026, 4, 4), date(2026, 4, 14)])
def test_figures_stop_at_the_last_day_asked(edition, facts, now, to_day):
    data = count_figures(edition, from_day=edition.starts_on, to_day=to_day, now=now)
    assert data["indicators"][0]["count"] == persons(edition, "day <= %(to)s", to=to_day)


def test_an_edition_without_macro_actions_or_targets_counts_too(db, now, city):
    bare = f.EditionFactory(ordinary=True)
    f.ReceptionFactory(participation=f.ParticipationFactory(edition=bare), organisation=city, at=now)
    data = count_figures(bare, from_day=bare.starts_on, to_day=now.date(), now=now)
    assert data["indicators"][0]["count"] == 1
    assert data["targets"] == []
