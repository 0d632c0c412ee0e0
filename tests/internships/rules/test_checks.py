"""Every row of the rules, at its limit, just below and just above. Without a database."""

from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from time import perf_counter

import pytest
from django.utils import translation

from internships.enums import InternshipKind as Kind
from internships.enums import SuspensionKind
from internships.rules import Facts, Level, Rule, Slot, Span, check, check_suspension, shipped
from internships.rules.checks import CHECKS

RULES = shipped()["lombardia-2018"]
MONDAY = date(2026, 3, 2)
# Two months: 2 March to 1 May. Everything about it is in order.
FACTS = Facts(
    kind=Kind.EXTRACURRICULAR,
    starts_on=MONDAY,
    ends_on=date(2026, 6, 30),
    weekly_hours=Decimal(30),
    eqf_level=3,
    birth_date=date(2000, 5, 1),
    headcount=12,
    others_of_host_tutor=0,
    others_of_promoter_tutor=0,
)
ERROR, WARNING, PASS = Level.ERROR, Level.WARNING, Level.PASS


def day(text):
    return date.fromisoformat(text)


def week(*hours, days=5, first=0):
    """The same hours on each of `days` weekdays: ("9:00", "13:00"), …"""
    return tuple(
        Slot((first + n) % 7, time.fromisoformat(start), time.fromisoformat(end))
        for n in range(days)
        for start, end in hours
    )


def minor(**changes):
    """17 years old on the first day."""
    return {"birth_date": date(2008, 6, 1), **changes}


def until(text, **changes):
    return {"ends_on": day(text), **changes}


def unit(headcount, others, permanent=0, ended=0, hired=0):
    return {
        "headcount": headcount,
        "others_at_unit": others,
        "permanent_staff": permanent,
        "ended_at_unit": ended,
        "hired_at_unit": hired,
    }


SUMMER = {"kind": Kind.SUMMER, "starts_on": day("2026-07-01")}
FOUR_AND_FOUR = ("08:00", "12:00"), ("13:00", "17:00")

TABLE = [
    # Sixteen, on the first day.
    ("age", {"birth_date": day("2010-03-03")}, ERROR),
    ("age", {"birth_date": day("2010-03-02")}, PASS),
    ("age", {"birth_date": day("2010-03-01")}, PASS),
    # Elsewhere no law that we know of says so: a warning of ours.
    ("age", {"birth_date": day("2010-03-03"), "kind": Kind.PCTO}, WARNING),
    ("age", {"birth_date": day("2010-03-02"), "kind": Kind.PCTO}, PASS),
    ("age", {"birth_date": day("2010-03-03"), "kind": Kind.SHADOWING}, WARNING),
    # What is part of studies says of which school; the others have none.
    ("school", {"school": "", "kind": Kind.PCTO}, WARNING),
    ("school", {"school": "", "kind": Kind.CURRICULAR}, WARNING),
    ("school", {"school": "Liceo Volta", "kind": Kind.PCTO}, PASS),
    ("school", {"school": ""}, None),
    ("school", {"school": "", "kind": Kind.SHADOWING}, None),
    # EQF 1 is refused.
    ("level", {"eqf_level": 1}, ERROR),
    ("level", {"eqf_level": 2}, PASS),
    ("level", {"eqf_level": 3}, PASS),
    # Two months at least; one at a seasonal host; less only with the mark.
    ("shortest", until("2026-04-30"), ERROR),
    ("shortest", until("2026-05-01"), PASS),
    ("shortest", until("2026-05-02"), PASS),
    ("shortest", until("2026-03-31", is_seasonal=True), ERROR),
    ("shortest", until("2026-04-01", is_seasonal=True), PASS),
    ("shortest", until("2026-04-02", is_seasonal=True), PASS),
    ("shortest", until("2026-05-01", suspensions=(Span(day("2026-03-10"), day("2026-03-24")),)), ERROR),
    ("shortest", until("2026-03-09", duration_class="disabled"), None),
    # Six months with EQF 2 and 3, twelve from EQF 4; the marks of the person; suspended days apart.
    ("longest", until("2026-08-31", eqf_level=3), PASS),
    ("longest", until("2026-09-01", eqf_level=3), PASS),
    ("longest", until("2026-09-02", eqf_level=3), ERROR),
    ("longest", until("2026-09-02", eqf_level=None), ERROR),
    ("longest", until("2027-02-28", eqf_level=4), PASS),
    ("longest", until("2027-03-01", eqf_level=4), PASS),
    ("longest", until("2027-03-02", eqf_level=4), ERROR),
    ("longest", until("2027-03-01", duration_class="disadvantaged"), PASS),
    ("longest", until("2027-03-02", duration_class="disadvantaged"), ERROR),
    ("longest", until("2028-03-01", duration_class="disabled"), PASS),
    ("longest", until("2028-03-02", duration_class="disabled"), ERROR),
    ("longest", until("2026-09-16", suspensions=(Span(day("2026-04-20"), day("2026-05-04")),)), PASS),
    ("longest", until("2026-09-17", suspensions=(Span(day("2026-04-20"), day("2026-05-04")),)), ERROR),
    # A student's summer: two weeks to two months; who may promote it is one source's word.
    ("summer_shortest", until("2026-07-13", **SUMMER), ERROR),
    ("summer_shortest", until("2026-07-14", **SUMMER), PASS),
    ("summer_shortest", until("2026-07-15", **SUMMER), PASS),
    ("summer_longest", until("2026-08-30", **SUMMER), PASS),
    ("summer_longest", until("2026-08-31", **SUMMER), PASS),
    ("summer_longest", until("2026-09-01", **SUMMER), ERROR),
    ("summer_promoter", until("2026-07-31", **SUMMER), WARNING),
    # Who watches, watches for ten days at most: a warning of ours. Suspended days apart.
    ("shadowing_longest", until("2026-03-10", kind=Kind.SHADOWING), PASS),
    ("shadowing_longest", until("2026-03-11", kind=Kind.SHADOWING), PASS),
    ("shadowing_longest", until("2026-03-12", kind=Kind.SHADOWING), WARNING),
    ("shadowing_longest", until("2026-06-30", kind=Kind.PCTO), None),
    # What a study path takes is its own affair; nobody owes it two months.
    ("shortest", until("2026-03-03", kind=Kind.PCTO), None),
    ("longest", until("2028-03-02", kind=Kind.CURRICULAR), None),
    ("level", {"eqf_level": 1, "kind": Kind.PCTO}, None),
    ("places", {**unit(5, others=1), "kind": Kind.PCTO}, None),
    # Past six months: six more at most, and for demanding work.
    ("extension", until("2026-09-01", extended_from=day("2026-06-30")), None),
    ("extension", until("2026-09-02", extended_from=day("2026-06-30"), eqf_level=3), ERROR),
    ("extension", until("2026-09-02", extended_from=day("2026-06-30"), eqf_level=4), PASS),
    ("extension", until("2026-12-30", extended_from=day("2026-06-30"), eqf_level=4), PASS),
    ("extension", until("2026-12-31", extended_from=day("2026-06-30"), eqf_level=4), PASS),
    ("extension", until("2027-01-01", extended_from=day("2026-06-30"), eqf_level=4), ERROR),
    ("extension", until("2026-12-31", extended_from=day("2026-06-30"), duration_class="disabled"), PASS),
    # Places by the number of employees: 5 → 1, 6 to 20 → 2, above a tenth, rounded up.
    ("places", unit(0, others=0), PASS),
    ("places", unit(5, others=0), PASS),
    ("places", unit(5, others=1), ERROR),
    ("places", unit(6, others=1), PASS),
    ("places", unit(20, others=1), PASS),
    ("places", unit(20, others=2), ERROR),
    ("places", unit(21, others=2), PASS),
    ("places", unit(21, others=3), ERROR),
    ("places", unit(30, others=2), PASS),
    ("places", unit(30, others=3), ERROR),
    ("places", unit(31, others=3), PASS),
    ("places", unit(31, others=4), ERROR),
    # The bonus: above twenty permanent employees, by the share that was hired.
    ("places", unit(21, 3, permanent=20, ended=1, hired=1), ERROR),
    ("places", unit(21, 3, permanent=21, ended=100, hired=19), ERROR),
    ("places", unit(21, 3, permanent=21, ended=100, hired=20), PASS),
    ("places", unit(21, 4, permanent=21, ended=100, hired=49), ERROR),
    ("places", unit(21, 4, permanent=21, ended=100, hired=50), PASS),
    ("places", unit(21, 5, permanent=21, ended=100, hired=74), ERROR),
    ("places", unit(21, 5, permanent=21, ended=100, hired=75), PASS),
    ("places", unit(21, 6, permanent=21, ended=100, hired=99), ERROR),
    ("places", unit(21, 6, permanent=21, ended=100, hired=100), PASS),
    ("places", unit(21, 7, permanent=21, ended=100, hired=100), ERROR),
    ("places", {**unit(5, others=1), "quota_exempt": True}, PASS),
    ("places", {**unit(5, others=1), "duration_class": "disadvantaged"}, ERROR),
    # Tutors.
    ("host_tutor", {"others_of_host_tutor": 1}, PASS),
    ("host_tutor", {"others_of_host_tutor": 2}, PASS),
    ("host_tutor", {"others_of_host_tutor": 3}, ERROR),
    ("host_tutor", {"kind": Kind.CURRICULAR, "others_of_host_tutor": 4}, PASS),
    ("host_tutor", {"kind": Kind.CURRICULAR, "others_of_host_tutor": 5}, ERROR),
    ("host_tutor", {"kind": Kind.PCTO, "others_of_host_tutor": 3}, PASS),
    ("host_tutor", {"kind": Kind.PCTO, "others_of_host_tutor": 4}, PASS),
    ("host_tutor", {"kind": Kind.PCTO, "others_of_host_tutor": 5}, ERROR),
    ("host_tutor", {"kind": Kind.SHADOWING, "others_of_host_tutor": 9}, None),
    ("promoter_tutor", {"others_of_promoter_tutor": 18}, PASS),
    ("promoter_tutor", {"others_of_promoter_tutor": 19}, PASS),
    ("promoter_tutor", {"others_of_promoter_tutor": 20}, WARNING),
    # Hours of the week.
    ("week", {"weekly_hours": Decimal("39.5")}, PASS),
    ("week", {"weekly_hours": Decimal(40)}, PASS),
    ("week", {"weekly_hours": Decimal("40.5")}, WARNING),
    ("agreement", {"agreement_hours": Decimal(38), "weekly_hours": Decimal("37.5")}, PASS),
    ("agreement", {"agreement_hours": Decimal(38), "weekly_hours": Decimal(38)}, PASS),
    ("agreement", {"agreement_hours": Decimal(38), "weekly_hours": Decimal("38.5")}, WARNING),
    # Minors: who turns 18 on the first day is none.
    ("minors_week", {"birth_date": day("2008-03-02"), "weekly_hours": Decimal(41)}, None),
    ("minors_week", {"birth_date": day("2008-03-03"), "weekly_hours": Decimal(41)}, ERROR),
    ("minors_week", minor(weekly_hours=Decimal(40)), PASS),
    ("minors_week", minor(weekly_hours=Decimal("39.5")), PASS),
    ("minors_day", minor(timetable=week(("08:00", "12:00"), ("13:00", "16:45"))), PASS),
    ("minors_day", minor(timetable=week(*FOUR_AND_FOUR)), PASS),
    ("minors_day", minor(timetable=week(("08:00", "12:00"), ("13:00", "17:15"))), ERROR),
    ("minors_day", {"timetable": week(("08:00", "12:00"), ("13:00", "19:00"))}, None),
    # The night: twelve hours on end that hold those from 22 to 6, or from 23 to 7.
    ("minors_night", minor(timetable=week(("18:00", "21:45"))), PASS),
    ("minors_night", minor(timetable=week(("18:00", "22:00"))), PASS),
    ("minors_night", minor(timetable=week(("19:00", "23:00"))), PASS),
    ("minors_night", minor(timetable=week(("19:00", "23:15"))), ERROR),
    ("minors_night", minor(timetable=week(("07:00", "10:00"))), PASS),
    ("minors_night", minor(timetable=week(("06:00", "10:00"))), PASS),
    ("minors_night", minor(timetable=week(("05:45", "10:00"))), ERROR),
    ("minors_night", minor(timetable=week(("09:00", "12:00"), ("17:00", "21:00"))), PASS),
    ("minors_night", minor(timetable=week(("08:45", "12:00"), ("17:00", "21:00"))), ERROR),
    ("minors_night", minor(timetable=week(("22:00", "02:00"), days=1, first=6)), ERROR),
    # An hour's break after four and a half.
    ("minors_break", minor(timetable=week(("08:00", "12:15"))), PASS),
    ("minors_break", minor(timetable=week(("08:00", "12:30"))), PASS),
    ("minors_break", minor(timetable=week(("08:00", "12:45"))), ERROR),
    ("minors_break", minor(timetable=week(("08:00", "12:00"), ("12:45", "14:00"))), ERROR),
    ("minors_break", minor(timetable=week(("08:00", "12:00"), ("13:00", "14:00"))), PASS),
    ("minors_break", minor(timetable=week(("08:00", "12:00"), ("13:15", "14:00"))), PASS),
    # Two days of rest, never under 36 hours on end, the Sunday among them save in catering.
    ("minors_rest_days", minor(timetable=week(("09:00", "12:00"), days=4)), PASS),
    ("minors_rest_days", minor(timetable=week(("09:00", "12:00"), days=5)), PASS),
    ("minors_rest_days", minor(timetable=week(("09:00", "12:00"), days=6)), ERROR),
    ("minors_rest_hours", minor(timetable=week(("09:00", "20:45"), days=6)), PASS),
    ("minors_rest_hours", minor(timetable=week(("09:00", "21:00"), days=6)), PASS),
    ("minors_rest_hours", minor(timetable=week(("09:00", "21:15"), days=6)), ERROR),
    ("minors_sunday", minor(timetable=week(("09:00", "12:00"), days=4)), PASS),
    ("minors_sunday", minor(timetable=week(("09:00", "12:00"), first=2)), ERROR),
    ("minors_sunday", minor(timetable=week(("09:00", "12:00"), first=2), ateco="56.10"), None),
    ("minors_alcohol", minor(ateco="56.30"), WARNING),
    ("minors_alcohol", minor(ateco="47.61"), None),
    ("minors_alcohol", {"ateco": "56.30"}, None),
    # What is not allowed.
    ("promoter", {"promoter_is_host": True}, WARNING),
    # What the training project promises: the least of the cases that hold; nothing is compulsory with income support.
    ("allowance", {"allowance": Decimal("499.99")}, ERROR),
    ("allowance", {"allowance": Decimal(500)}, PASS),
    ("allowance", {"allowance": Decimal("500.01")}, PASS),
    ("allowance", {"allowance": Decimal("399.99"), "has_meals": True}, ERROR),
    ("allowance", {"allowance": Decimal(400), "has_meals": True}, PASS),
    ("allowance", {"allowance": Decimal("349.99"), "longest_day": Decimal(4)}, ERROR),
    ("allowance", {"allowance": Decimal(350), "longest_day": Decimal(4)}, PASS),
    ("allowance", {"allowance": Decimal(350), "longest_day": Decimal("4.25")}, ERROR),
    ("allowance", {"allowance": Decimal("299.99"), "is_public": True}, ERROR),
    ("allowance", {"allowance": Decimal(300), "is_public": True}, PASS),
    ("allowance", {"allowance": Decimal(0), "on_income_support": True}, None),
    ("allowance", {"allowance": Decimal(0), "kind": Kind.CURRICULAR}, None),
    ("promoter", {}, PASS),
    ("same_host", {"others_with_host": 0}, PASS),
    ("same_host", {"others_with_host": 1}, ERROR),
    ("same_host", {"others_with_host": 1, "kind": Kind.CURRICULAR}, None),
    ("worked_there", {"worked_there_until": day("2024-03-01")}, PASS),
    ("worked_there", {"worked_there_until": day("2024-03-02")}, PASS),
    ("worked_there", {"worked_there_until": day("2024-03-03")}, WARNING),
    ("dismissals", {"dismissals_on": day("2025-03-01")}, PASS),
    ("dismissals", {"dismissals_on": day("2025-03-02")}, PASS),
    ("dismissals", {"dismissals_on": day("2025-03-03")}, WARNING),
    ("short_time", {"short_time": Span(day("2025-01-01"), day("2026-03-01"))}, PASS),
    ("short_time", {"short_time": Span(day("2025-01-01"), day("2026-03-02"))}, WARNING),
    ("short_time", {"short_time": Span(day("2026-06-30"))}, WARNING),
    ("short_time", {"short_time": Span(day("2026-07-01"))}, PASS),
    ("insolvent", {"insolvent_from": day("2026-06-30")}, WARNING),
    ("insolvent", {"insolvent_from": day("2026-07-01")}, PASS),
    # Before the rules began, no rules hold.
    ("rule_set", {"starts_on": day("2018-06-08"), "ends_on": day("2018-09-01")}, WARNING),
    ("rule_set", {"starts_on": day("2018-06-09"), "ends_on": day("2018-09-01")}, None),
]


def found(code, facts, rules=RULES):
    with translation.override("en"):
        return next((finding for finding in check(facts, rules) if finding.code == code), None)


@pytest.mark.parametrize(("code", "changes", "level"), TABLE)
def test_at_below_and_above_the_limit(code, changes, level):
    finding = found(code, replace(FACTS, **changes))
    assert (finding and finding.level) == level
    assert finding is None or (finding.sentence and finding.source)


def test_no_check_is_left_out_of_the_table():
    named = {code for code, *_rest in TABLE}
    assert {code for code, *_rest in CHECKS} | {"rule_set"} == named
    for code in named - {"rule_set", "promoter", "minors_alcohol", "summer_promoter"}:
        levels = {level for row, _changes, level in TABLE if row == code}
        assert PASS in levels, code
        assert levels & {ERROR, WARNING}, code


@pytest.mark.parametrize("kind", Kind)
def test_what_is_in_order_is_in_order_and_each_kind_can_be_checked(kind):
    last = day("2026-03-11") if kind == Kind.SHADOWING else day("2026-05-01")
    findings = check(replace(FACTS, kind=kind, ends_on=last), RULES)
    assert findings
    assert {f.level for f in findings if f.code != "summer_promoter"} == {PASS}


@pytest.mark.parametrize("kind", Kind)
def test_while_one_types_what_is_not_known_is_not_judged(kind):
    assert all(finding.level == PASS for finding in check(Facts(kind=kind), RULES) if finding.code != "summer_promoter")


def test_a_finding_names_value_limit_and_source():
    finding = found("shortest", replace(FACTS, ends_on=day("2026-04-30")))
    assert (finding.value, finding.limit, finding.source) == ("30 April 2026", "1 May 2026", "DGR X/7763")
    assert "2 months" in finding.sentence


def test_the_numbers_are_the_rule_sets():
    """Another value judges otherwise; what is not sure warns; what is not in force is silent."""
    facts = replace(FACTS, ends_on=day("2026-04-30"))

    def with_rule(**changes):
        rule = Rule(**{"code": "duration.min", "value": Decimal(2), "unit": "months", **changes})
        return found("shortest", facts, replace(RULES, rules={**RULES.rules, "duration.min": rule}))

    assert with_rule().level == ERROR
    assert with_rule(value=Decimal(1)).level == PASS
    assert with_rule(is_sure=False).level == WARNING
    assert with_rule(is_active=False) is None


def test_which_kinds_a_rule_is_about_is_the_rule_sets():
    """For whom a check is made stands in no code: whoever edits the set decides."""
    facts = replace(FACTS, kind=Kind.PCTO, ends_on=day("2026-03-10"))
    assert found("shortest", facts) is None
    least = replace(RULES.rule("duration.min"), kinds=frozenset({Kind.PCTO}))
    assert found("shortest", facts, replace(RULES, rules={**RULES.rules, "duration.min": least})).level == ERROR
    least = replace(least, kinds=frozenset())
    for kind in Kind:
        rules = replace(RULES, rules={**RULES.rules, "duration.min": least})
        assert found("shortest", replace(facts, kind=kind), rules).level == ERROR


@pytest.mark.parametrize(
    ("code", "kinds"),
    [
        ("allowance.full", {Kind.EXTRACURRICULAR, Kind.SUMMER}),
        ("notice.before", {Kind.EXTRACURRICULAR, Kind.SUMMER}),
        ("registration", {Kind.EXTRACURRICULAR, Kind.SUMMER}),
        ("safety.training", set(Kind)),
        ("safety.assessment", set(Kind)),
        # Who only watches does no work to be fit for.
        ("safety.fitness", set(Kind) - {Kind.SHADOWING}),
        ("minors.day", set(Kind)),
        ("accident", set(Kind)),
    ],
)
def test_what_is_owed_for_each_kind(code, kinds):
    assert {kind for kind in Kind if RULES.holds(code, kind)} == kinds


def test_every_kind_that_a_rule_names_is_one():
    assert {kind for rule in RULES.rules.values() for kind in rule.kinds} <= set(Kind)


@pytest.mark.parametrize(
    ("kind", "days", "level"),
    [
        (SuspensionKind.ILLNESS, 29, ERROR),
        (SuspensionKind.ILLNESS, 30, PASS),
        (SuspensionKind.ILLNESS, 31, PASS),
        (SuspensionKind.CLOSURE, 14, ERROR),
        (SuspensionKind.CLOSURE, 15, PASS),
        (SuspensionKind.CLOSURE, 16, PASS),
        (SuspensionKind.MATERNITY, 1, PASS),
        ("holiday", 20, ERROR),
    ],
)
def test_only_long_reasons_suspend(kind, days, level):
    span = Span(MONDAY, date.fromordinal(MONDAY.toordinal() + days - 1))
    assert check_suspension(kind, span, RULES).level == level
    if kind in SuspensionKind:
        assert check_suspension(kind, Span(MONDAY), RULES).level == PASS


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("allowance.full", 500),
        ("allowance.with_meals", 400),
        ("allowance.short_day", 350),
        ("allowance.short_day_hours", 4),
        ("allowance.public", 300),
        ("allowance.public_meals_above", 5),
        ("allowance.whole_from", 80),
        ("allowance.floor", 300),
        ("notice.public_day", 20),
        ("notice.change", 5),
        ("registration", 30),
        ("attestation", 70),
        ("bonus.months", 24),
        ("bonus.contract_months", 6),
        ("bonus.part_time", 50),
    ],
)
def test_the_numbers_that_other_parts_read(code, value):
    assert RULES[code] == value


def test_all_checks_of_one_internship_take_less_than_five_milliseconds():
    facts = replace(FACTS, **minor(timetable=week(*FOUR_AND_FOUR), suspensions=(Span(MONDAY, day("2026-04-05")),)))
    check(facts, RULES)
    best = min(_seconds(lambda: check(facts, RULES)) for _ in range(20))
    assert best < 0.005


def _seconds(call):
    started = perf_counter()
    call()
    return perf_counter() - started
