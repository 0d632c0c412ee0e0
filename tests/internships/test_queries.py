"""The board and the hosts, whatever the number of rows."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from internships import queries
from internships.enums import InternshipState as S
from internships.queries import Filters, board, scope
from tests import factories

TODAY = date(2026, 5, 5)


@pytest.fixture
def many(partner, other_partner, partner_staff, now):
    """Thirty proposed by the partner, one day after the other, and one of another partner."""
    for n in range(30):
        factories.InternshipFactory(
            promoter=partner,
            promoter_tutor=partner_staff if n % 2 else factories.UserFactory(),
            starts_on=TODAY + timedelta(days=n),
            ends_on=TODAY + timedelta(days=90),
        )
    factories.InternshipFactory(promoter=other_partner)


def test_the_board_shows_the_first_of_each_state_and_counts_all(many, partner_staff):
    groups = {group.state: group for group in queries.groups_of(partner_staff, Filters(), TODAY)}
    assert groups[S.PROPOSED].count == 30
    assert [row.starts_on for row in groups[S.PROPOSED].rows] == [TODAY + timedelta(days=n) for n in range(5)]
    assert groups[S.RUNNING].count == 0
    assert groups[S.PROPOSED].rows[0].dues[0].late


def test_counts_stop_at_many(many, partner_staff, monkeypatch):
    monkeypatch.setattr(board, "MANY", 20)
    [group] = [g for g in queries.groups_of(partner_staff, Filters(), TODAY) if g.state == S.PROPOSED]
    assert group.many


def test_one_state_is_paged_without_gaps(many, partner_staff):
    filters = Filters(state=S.PROPOSED)
    first, mark = queries.page_of_list(partner_staff, filters, TODAY)
    filters.after = mark
    second, end = queries.page_of_list(partner_staff, filters, TODAY)
    assert (len(first), len(second), end) == (25, 5, "")
    assert len({row.pk for row in first + second}) == 30


@pytest.mark.parametrize("mark", ["", "x", "2026-05-05", "2026-05-05_x", "_"])
def test_a_broken_mark_begins_anew(many, partner_staff, mark):
    rows, _next = queries.page_of_list(partner_staff, Filters(state=S.PROPOSED, after=mark), TODAY)
    assert rows[0].starts_on == TODAY


def test_filters(many, partner_staff, operator, partner, other_partner):
    def count(user, **filters):
        return scope(user, Filters(**filters)).count()

    assert count(partner_staff, mine=True) == 15
    assert count(operator) == 31
    assert count(operator, promoter=other_partner.pk) == 1
    person = queries.scope(partner_staff, Filters()).first().participation.person
    assert count(partner_staff, name=f"{person.last_name} {person.first_name}") >= 1
    assert count(partner_staff, name="nobody of this name") == 0
    assert set(queries.promoters(operator)) == {partner, other_partner}
    assert not queries.promoters(partner_staff)


def test_who_waits_for_an_internship(referral, partner_staff, other_partner_staff, operator, proposal):
    from internships import actions

    [waiting] = queries.waiting_rows(partner_staff)
    assert str(referral.pk) in waiting["url"]
    assert not queries.waiting_rows(other_partner_staff)
    assert not queries.waiting_rows(operator)
    actions.open_internship(**proposal)
    assert not queries.waiting_rows(partner_staff)


def test_hosts_are_found_by_the_beginning_of_a_word_and_by_number(unit):
    other = factories.HostFactory(name="Officina Però")
    assert list(queries.find_hosts("bas")) == [unit.host]
    assert list(queries.find_hosts("PERO")) == [other]
    assert list(queries.find_hosts("00743110157")) == [unit.host]
    assert list(queries.find_hosts("asso")) == []
    assert list(queries.find_hosts("  ")) == []


def test_recent_hosts_are_the_partners_own(internship, partner, other_partner, unit):
    assert queries.recent_hosts(partner.pk) == [unit.host]
    assert queries.recent_hosts(other_partner.pk) == []


def test_the_list_of_hosts_is_paged(db):
    for _n in range(27):
        factories.OperatingUnitFactory()
    rows, mark = queries.host_rows("", "")
    more, end = queries.host_rows("", mark)
    assert (len(rows), len(more), end) == (25, 2, "")


def test_days_and_hours_come_with_each_row(running, partner_staff):
    factories.RegisterDayFactory(internship=running, on=timezone.localdate(), hours=6)
    [group] = [g for g in queries.groups_of(partner_staff, Filters(), TODAY) if g.state == S.RUNNING]
    assert (group.rows[0].hours_attended, group.rows[0].last_day) == (6, TODAY)
