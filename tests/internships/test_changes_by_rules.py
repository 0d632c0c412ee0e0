"""Extension, suspension, return, tutors, hours, workplace: judged by the rules, at, below and above the limit."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import Role
from internships import actions, queries
from internships.models import Amendment, Host, Internship, OperatingUnit, RuleOverride
from internships.planning import pushed
from internships.queries.rules import changes_of
from internships.rules import Level, Span
from tests import factories

FIRST, LAST = date(2026, 5, 5), date(2026, 7, 13)
WHY = "Solo le prime due settimane, poi 38."


@pytest.fixture
def short_ones():
    """None: here the rules hold as they are."""


@pytest.fixture
def proposal(proposal):
    """For ten weeks."""
    return {**proposal, "ends_on": LAST}


@pytest.fixture
def whom(partner_staff, now):
    return {"reason": "Così è stato deciso", "by": partner_staff, "now": now}


def refused(change, **kwargs):
    """The codes of what stands in the way of a change; none when it was made. What is refused leaves nothing."""
    before = Amendment.objects.count()
    try:
        change(**kwargs)
    except ValidationError as error:
        assert Amendment.objects.count() == before
        return {one.code for one in error.error_list}
    return set()


def taken(unit, first, last, **more):
    return factories.InternshipFactory(unit=unit, starts_on=first, ends_on=last, state="running", **more)


def level(internship, number):
    Internship.objects.filter(pk=internship.pk).update(eqf_level=number)


# --- extension --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("eqf", "ends_on", "codes"),
    [
        (3, date(2026, 11, 3), set()),
        (3, date(2026, 11, 4), set()),
        (3, date(2026, 11, 5), {"longest", "extension"}),
        # From level 4 on a year in all, and of it six months after the day that stood there first.
        (4, date(2027, 1, 12), set()),
        (4, date(2027, 1, 13), set()),
        (4, date(2027, 1, 14), {"extension"}),
    ],
)
def test_an_extension_stays_within_the_longest(running, whom, eqf, ends_on, codes):
    level(running, eqf)
    assert refused(actions.extend, internship=running, ends_on=ends_on, **whom) == codes


def test_two_extensions_are_no_way_round(running, whom):
    level(running, 4)
    actions.extend(internship=running, ends_on=date(2026, 12, 31), **whom)
    whom["now"] += timedelta(minutes=1)
    assert refused(actions.extend, internship=running, ends_on=date(2027, 1, 14), **whom) == {"extension"}
    assert not refused(actions.extend, internship=running, ends_on=date(2027, 1, 13), **whom)


@pytest.mark.parametrize("pause_first", [True, False])
def test_days_of_a_pause_come_on_top_whenever_it_was(running, whom, pause_first):
    level(running, 4)
    span = {"starts_on": FIRST + timedelta(days=2), "ends_on": FIRST + timedelta(days=21)}
    ways = [
        lambda why: actions.suspend(internship=running, kind="closure", **span, **why),
        lambda why: actions.extend(internship=running, ends_on=date(2026, 9, 30), **why),
    ]
    for minutes, change in enumerate(ways if pause_first else reversed(ways)):
        change({**whom, "now": whom["now"] + timedelta(minutes=minutes)})
    running = Internship.objects.get(pk=running.pk)
    assert changes_of(running).extended_from == LAST + timedelta(days=20)
    # Six months after 2 August, where the first day now stands.
    assert refused(actions.extend, internship=running, ends_on=date(2027, 2, 3), **whom) == {"extension"}
    assert not refused(actions.extend, internship=running, ends_on=date(2027, 2, 2), **whom)


def test_an_extension_answers_for_what_came_up_since(running, unit, whom):
    Host.objects.filter(pk=unit.host_id).update(insolvent_from=date(2026, 6, 1))
    longer = {"internship": running, "ends_on": date(2026, 8, 31), **whom}
    assert refused(actions.extend, **longer) == {"insolvent"}
    assert not refused(actions.extend, **longer, overrides={"insolvent": WHY})
    override = RuleOverride.objects.get()
    assert (override.code, override.amendment.kind) == ("insolvent", "extension")


def test_the_first_end_is_pushed_by_the_pauses_before_it():
    first, second = Span(date(2026, 5, 1), date(2026, 5, 10)), Span(date(2026, 6, 5), date(2026, 6, 9))
    assert pushed(date(2026, 6, 1), []) == date(2026, 6, 1)
    assert pushed(date(2026, 6, 1), [second]) == date(2026, 6, 1)
    assert pushed(date(2026, 6, 1), [second, first]) == date(2026, 6, 16)


# --- suspension and return --------------------------------------------------------------


@pytest.mark.parametrize(("next_one", "codes"), [(29, set()), (28, {"places"}), (27, {"places"})])
def test_a_pause_that_moves_the_last_day_needs_the_place_for_as_long(running, unit, whom, next_one, codes):
    OperatingUnit.objects.filter(pk=unit.pk).update(headcount=5)  # one at once
    taken(unit, date(2026, 7, next_one), date(2026, 10, 30))
    # Fifteen days: from 13 to 28 July.
    span = {"starts_on": FIRST, "ends_on": FIRST + timedelta(days=14)}
    assert refused(actions.suspend, internship=running, kind="closure", **span, **whom) == codes
    assert running.suspensions.count() == (not codes)


@pytest.mark.parametrize(("days", "codes"), [(19, set()), (20, set()), (21, {"places"})])
def test_back_later_needs_the_place_for_as_long(running, unit, whom, days, codes):
    OperatingUnit.objects.filter(pk=unit.pk).update(headcount=5)
    span = {"starts_on": FIRST, "ends_on": FIRST + timedelta(days=14)}
    actions.suspend(internship=running, kind="closure", **span, **whom)
    taken(unit, LAST + timedelta(days=21), date(2026, 10, 30))
    back = FIRST + timedelta(days=days)
    assert refused(actions.resume, internship=running, on=back, **whom) == codes
    assert running.suspensions.get().ends_on == (span["ends_on"] if codes else back - timedelta(days=1))


# --- tutors -----------------------------------------------------------------------------


@pytest.mark.parametrize(("others", "codes"), [(1, set()), (2, set()), (3, {"host_tutor"})])
def test_another_tutor_of_the_host_has_time_for_one_more(running, whom, others, codes):
    tutor = factories.HostTutorFactory(host=running.unit.host)
    for _n in range(others):
        factories.InternshipFactory(host_tutor=tutor, starts_on=FIRST, ends_on=LAST, state="running")
    assert refused(actions.change_host_tutor, internship=running, host_tutor=tutor, **whom) == codes


@pytest.mark.parametrize(("others", "codes"), [(18, set()), (19, set()), (20, {"promoter_tutor"})])
def test_another_tutor_of_the_promoter_too(running, partner, whom, others, codes):
    colleague = factories.member(Role.PARTNER_STAFF, partner, email="colleague@example.org")
    factories.InternshipFactory.create_batch(
        others, promoter_tutor=colleague, starts_on=FIRST, ends_on=LAST, state="running"
    )
    change = {"internship": running, "promoter_tutor": colleague, **whom}
    assert refused(actions.change_promoter_tutor, **change) == codes


def test_a_reason_for_one_tutor_says_nothing_of_another(running, partner, partner_staff, whom):
    busy = [factories.member(Role.PARTNER_STAFF, partner, email=f"{n}@example.org") for n in range(2)]
    for tutor in busy:
        factories.InternshipFactory.create_batch(20, promoter_tutor=tutor, starts_on=FIRST, ends_on=LAST)
    for tutor in busy:
        change = {"internship": running, "promoter_tutor": tutor, **whom}
        assert refused(actions.change_promoter_tutor, **change) == {"promoter_tutor"}
        assert not refused(actions.change_promoter_tutor, **change, overrides={"promoter_tutor": WHY})
    assert list(RuleOverride.objects.values_list("value", flat=True)) == ["21", "21"]


# --- hours and workplace ----------------------------------------------------------------


@pytest.mark.parametrize(("hours", "codes"), [("39.5", set()), ("40", set()), ("40.5", {"week"})])
def test_other_hours_stay_within_the_week(running, whom, hours, codes):
    change = {"internship": running, "weekly_hours": Decimal(hours), "valid_from": FIRST, **whom}
    assert refused(actions.change_hours, **change) == codes


def test_a_minor_works_no_more_than_the_law_says_whatever_the_reason(running, young_person, whom):
    young_person.birth_date = date(2009, 1, 1)
    young_person.save()
    for hours, codes in (("40.5", {"minors_week"}), ("40", set())):
        change = {"internship": running, "weekly_hours": Decimal(hours), "valid_from": FIRST, **whom}
        assert refused(actions.change_hours, **change, overrides={"week": WHY}) == codes


@pytest.mark.parametrize(("headcount", "codes"), [(5, {"places"}), (6, set()), (20, set())])
def test_another_workplace_has_a_place_free(running, partner_staff, now, whom, headcount, codes):
    unit = factories.OperatingUnitFactory(host=running.unit.host, headcount=headcount)
    taken(unit, FIRST, LAST)
    actions.record_assessment(unit=unit, on=FIRST, reference="DVR", by=partner_staff, now=now)
    assert refused(actions.change_site, internship=running, unit=unit, **whom) == codes


def test_the_law_of_another_workplace_is_looked_at(running, partner_staff, now, whom):
    unit = factories.OperatingUnitFactory(host=running.unit.host, headcount=9, dismissals_on=date(2026, 1, 7))
    actions.record_assessment(unit=unit, on=FIRST, reference="DVR", by=partner_staff, now=now)
    assert refused(actions.change_site, internship=running, unit=unit, **whom) == {"dismissals"}
    assert not refused(actions.change_site, internship=running, unit=unit, **whom, overrides={"dismissals": WHY})


def test_what_stood_before_stands_in_the_way_of_no_other_change(running, unit, whom):
    Host.objects.filter(pk=unit.host_id).update(insolvent_from=date(2026, 6, 1))
    OperatingUnit.objects.filter(pk=unit.pk).update(headcount=5)
    taken(unit, FIRST, LAST)  # one too many by now
    tutor = factories.HostTutorFactory(host=unit.host)
    assert not refused(actions.change_host_tutor, internship=running, host_tutor=tutor, **whom)
    less = {"weekly_hours": Decimal(20), "valid_from": FIRST}
    assert not refused(actions.change_hours, internship=running, **less, **whom)


# --- while one types --------------------------------------------------------------------


def check(client, internship, change, **typed):
    address = reverse("internships:change-check", args=[internship.pk, change])
    return client.post(address, {"reason": "", **typed})


def test_while_one_types_the_findings_follow_and_nothing_is_saved(as_user, running, partner, partner_staff, unit):
    marta = as_user(partner_staff)
    said = check(marta, running, "extension", ends_on="2026-11-05").content.decode()
    assert "Le regole non lo permettono" in said
    assert (
        "Le regole non lo permettono" not in check(marta, running, "extension", ends_on="2026-11-04").content.decode()
    )
    said = check(marta, running, "hours", weekly_hours="42", valid_from="2026-05-05", **{"why-week": WHY})
    assert 'name="why-week"' in said.content.decode()
    assert WHY in said.content.decode(), "what was typed stays"
    OperatingUnit.objects.filter(pk=unit.pk).update(headcount=5)
    taken(unit, date(2026, 7, 20), date(2026, 10, 30))
    long = {"kind": "closure", "starts_on": "2026-05-05", "ends_on": "2026-05-31"}
    assert "Le regole non lo permettono" in check(marta, running, "suspension", **long).content.decode()
    tutor = factories.HostTutorFactory(host=unit.host)
    for kind in ("extension", "suspension", "return", "hours", "host_tutor", "promoter_tutor", "site"):
        assert check(marta, running, kind, host_tutor=tutor.pk).status_code == 200
    assert check(marta, running, "else").status_code == 404
    assert not Amendment.objects.exists()


def test_a_warning_is_gone_past_on_the_page_of_the_change(as_user, running, partner_staff):
    marta = as_user(partner_staff)
    address = reverse("internships:change-hours", args=[running.pk])
    typed = {"weekly_hours": "42", "valid_from": "2026-05-05", "reason": "Si allunga l’orario"}
    refused = marta.post(address, typed).content.decode()
    assert "error-summary" in refused
    assert 'name="why-week"' in refused
    assert marta.post(address, {**typed, "why-week": WHY}).status_code == 302
    running.refresh_from_db()
    assert running.weekly_hours == 42
    assert running.overrides.get().amendment.kind == "hours"


def test_what_is_typed_is_judged_as_what_is_saved(running, whom):
    """The page and the action read the same facts: of a return, too, which moves days that stand there."""
    span = {"starts_on": FIRST, "ends_on": FIRST + timedelta(days=19)}
    actions.suspend(internship=running, kind="closure", **span, **whom)
    on = FIRST + timedelta(days=25)
    typed = queries.findings_of_change(Internship.objects.get(pk=running.pk), "return", {"on": on})
    actions.resume(internship=running, on=on, **whom)
    saved = queries.findings_of(Internship.objects.get(pk=running.pk))
    assert [one.sentence for one in typed if one.level == Level.PASS] == [one.sentence for one in saved]
