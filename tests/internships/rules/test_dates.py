"""What holds of all dates: months of every length, leap days, suspensions across months. Without a database."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from internships.enums import InternshipKind
from internships.rules import Facts, Level, Span, check, last_of, latest_end, most_at_once, shipped, suspended_days
from migwork.months import add_months

RULES = shipped()["lombardia-2018"]
DAY = timedelta(days=1)

days = st.dates(date(2018, 6, 9), date(2040, 12, 31))
months = st.integers(1, 24)


@st.composite
def spans(draw, within=days, longest=400):
    first = draw(within)
    return Span(first, first + timedelta(days=draw(st.integers(0, longest))))


@given(days, months)
def test_months_end_a_day_before_their_day_comes_again(first, count):
    last = last_of(first, count)
    again = add_months(first, count)
    assert last in (again, again - DAY)
    assert (last == again) == (again.day < first.day), "only where the last month lacks the day is its last day in"
    # Between the shortest and the longest months there are.
    assert 28 * count - 1 <= (last - first).days <= 31 * count - 1 + (count == 1)


@given(days, months)
def test_a_longer_limit_is_never_earlier_and_a_later_start_never_ends_before(first, count):
    assert last_of(first, count) < last_of(first, count + 1)
    assert last_of(first, count) <= last_of(first + DAY, count)


@given(st.integers(2019, 2039))
def test_around_the_leap_day(year):
    last_of_february = date(year, 3, 1) - DAY
    assert last_of(date(year, 1, 29), 1) in (last_of_february, date(year, 2, 28))
    assert last_of(date(year, 1, 31), 1) == last_of_february
    assert last_of(date(year, 2, 1), 1) == last_of_february
    assert last_of(last_of_february, 12) >= date(year + 1, 2, 27)


@given(spans(), st.lists(spans(longest=90), max_size=5))
def test_each_suspended_day_counts_once_and_only_within(whole, suspensions):
    counted = {
        day
        for span in suspensions
        for day in (span.first + timedelta(days=n) for n in range((span.last - span.first).days + 1))
        if whole.first <= day <= whole.last
    }
    assert suspended_days(whole, suspensions) == len(counted)
    assert suspended_days(whole, reversed(suspensions)) == len(counted)


@given(spans(), days)
def test_without_a_last_day_a_suspension_goes_to_the_end(whole, first):
    expected = max(0, (whole.last - max(first, whole.first)).days + 1)
    assert suspended_days(whole, [Span(first)]) == expected


@given(days, st.integers(0, 700), st.lists(st.tuples(st.integers(0, 600), st.integers(0, 60)), max_size=4))
def test_the_last_day_that_is_allowed_passes_and_the_next_does_not(first, offset, gaps):
    """Whatever is suspended, across whichever months: the limit moves by exactly those days."""
    suspensions = tuple(Span(first + timedelta(days=a), first + timedelta(days=a + b)) for a, b in gaps)
    facts = Facts(
        kind=InternshipKind.EXTRACURRICULAR, starts_on=first, ends_on=first + timedelta(days=offset), eqf_level=4,
        suspensions=suspensions,
    )  # fmt: skip
    [finding] = [f for f in check(facts, RULES) if f.code == "longest"]
    worked = offset + 1 - facts.suspended_days
    allowed = (last_of(first, 12) - first).days + 1
    assert (finding.level == Level.PASS) == (worked <= allowed)
    assert facts.ends_on - facts.net_end == timedelta(days=facts.suspended_days)
    assert latest_end(first, 12, facts.suspended_days) - last_of(first, 12) == timedelta(days=facts.suspended_days)


@given(days, st.integers(0, 120), st.integers(1, 60))
def test_a_suspension_never_makes_a_short_one_long_enough(first, offset, length):
    """Two months are of days worked: what passes with days suspended passes without."""
    facts = Facts(kind=InternshipKind.EXTRACURRICULAR, starts_on=first, ends_on=first + timedelta(days=offset))
    suspended = replace(facts, suspensions=(Span(first, first + timedelta(days=length - 1)),))

    def passes(which):
        return next(f for f in check(which, RULES) if f.code == "shortest").level == Level.PASS

    assert passes(facts) or not passes(suspended)


@given(spans(), st.lists(spans(longest=60), max_size=8))
def test_the_fullest_day_is_the_fullest(whole, others):
    by_day = (
        sum(span.first <= whole.first + timedelta(days=n) <= span.last for span in others)
        for n in range((whole.last - whole.first).days + 1)
    )
    assert most_at_once(others, whole) == max(by_day)
