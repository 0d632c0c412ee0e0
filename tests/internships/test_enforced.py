"""The rules where it counts: what they forbid is refused, what they warn of needs a reason, which is kept."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.enums import MarkCode
from foundation.privacy.models import Event
from internships import actions, queries, rules
from internships.enums import InternshipState
from internships.models import Internship, OperatingUnit, RuleOverride
from internships.rules import Level
from tests import factories

WHY = "Solo le prime due settimane, poi 38."
LONG_WEEK = {"weekly_hours": Decimal("40.5")}


@pytest.fixture
def short_ones():
    """None: here the rules hold as they are."""


@pytest.fixture
def proposal(proposal):
    """For ten weeks."""
    return {**proposal, "ends_on": date(2026, 7, 13)}


def codes(refused):
    return {error.code for error in refused.value.error_list}


def busy(unit, **changes):
    return factories.InternshipFactory(
        unit=unit, starts_on=date(2026, 5, 1), ends_on=date(2026, 7, 31), state=InternshipState.RUNNING, **changes
    )


def test_what_the_law_forbids_is_refused_and_nothing_is_left(proposal):
    with pytest.raises(ValidationError, match="DGR X/7763") as refused:
        actions.open_internship(**{**proposal, "ends_on": date(2026, 7, 3)})
    assert codes(refused) == {"shortest"}
    assert not Internship.objects.exists()
    assert actions.open_internship(**{**proposal, "ends_on": date(2026, 7, 4)})


def test_no_reason_goes_past_what_the_law_forbids(proposal):
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**{**proposal, "ends_on": date(2026, 6, 1), "overrides": {"shortest": WHY}})
    assert codes(refused) == {"shortest"}


@pytest.mark.parametrize("reason", [None, "", "sì", "         .         "])
def test_a_warning_needs_a_reason_that_says_something(proposal, reason):
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**{**proposal, **LONG_WEEK, "overrides": reason and {"week": reason}})
    assert codes(refused) == {"week"}
    assert not RuleOverride.objects.exists()


def test_a_reason_is_kept_with_what_was_gone_past(proposal, partner_staff, now):
    internship = actions.open_internship(**{**proposal, **LONG_WEEK, "overrides": {"week": WHY, "age": "not asked"}})
    override = RuleOverride.objects.get()
    assert (override.internship, override.code, override.value) == (internship, "week", "40,5 ore")
    assert (override.reason, override.by, override.at) == (WHY, partner_staff, now)
    event = Event.objects.get(verb="internships.rule_overridden")
    assert (event.about, event.fields) == (internship.participation.person_id, ["week"])


def test_a_reason_holds_for_the_value_that_it_was_written_for(proposal, partner_staff, now):
    internship = actions.open_internship(**{**proposal, **LONG_WEEK, "overrides": {"week": WHY}})
    actions.enforce(internship=internship, by=partner_staff, now=now)
    internship.weekly_hours = Decimal(45)
    with pytest.raises(ValidationError) as refused:
        actions.enforce(internship=internship, by=partner_staff, now=now)
    assert codes(refused) == {"week"}


def test_the_rule_set_of_the_first_day_judges(proposal):
    factories.RuleSetFactory(valid_from=date(2018, 6, 9), valid_to=date(2026, 5, 3))
    later = factories.RuleSetFactory(valid_from=date(2026, 5, 4), valid_to=None)
    factories.RuleFactory(rule_set=later, code="duration.min", value=3, unit="months")
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**proposal)
    assert codes(refused) == {"shortest"}


def test_after_the_last_day_of_the_rules_the_promoter_is_warned(proposal):
    factories.RuleFactory(rule_set__valid_from=date(2018, 6, 9), rule_set__valid_to=date(2026, 5, 4))
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**proposal)
    assert codes(refused) == {"rule_set"}


# --- the facts ------------------------------------------------------------------------


def found(internship, code):
    return next((finding for finding in queries.findings_of(internship) if finding.code == code), None)


def test_places_of_a_workplace_are_counted_where_they_are_held(proposal, unit):
    OperatingUnit.objects.filter(pk=unit.pk).update(headcount=6)  # two at once
    unit.refresh_from_db()
    busy(unit, participation=factories.ParticipationFactory())
    for state in (InternshipState.CANCELLED, InternshipState.ENDED_EARLY):
        factories.InternshipFactory(unit=unit, starts_on=date(2026, 5, 1), ends_on=date(2026, 7, 31), state=state)
    factories.InternshipFactory(unit=unit, starts_on=date(2026, 3, 1), ends_on=date(2026, 5, 4))
    factories.InternshipFactory(unit=unit, starts_on=date(2026, 5, 1), ends_on=date(2026, 7, 31), kind="curricular")
    internship = actions.open_internship(**proposal)
    assert found(internship, "places").value == "2"
    busy(unit)
    assert found(internship, "places").level == Level.ERROR


def test_who_has_the_mark_holds_no_place_and_may_stay_longer(proposal, unit, young_person):
    OperatingUnit.objects.filter(pk=unit.pk).update(headcount=5)  # one at once
    unit.refresh_from_db()
    other = busy(unit)
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**proposal)
    assert codes(refused) == {"places"}
    factories.MarkFactory(person=other.participation.person, code=MarkCode.QUOTA_EXEMPT, value="yes")
    internship = actions.open_internship(**proposal)
    internship.ends_on = date(2028, 5, 4)
    assert found(internship, "longest").level == Level.ERROR
    mark = factories.MarkFactory(person=young_person, code=MarkCode.DURATION_CLASS, value="disabled")
    assert found(internship, "longest").level == Level.PASS
    mark.removed_at, mark.removed_by = internship.created_at, internship.created_by
    mark.save()
    assert found(internship, "longest").level == Level.ERROR


def test_tutors_loads_are_counted_on_the_fullest_day(proposal, host_tutor, partner_staff):
    for month in (5, 6, 7):  # one after the other: never two at once
        factories.InternshipFactory(
            host_tutor=host_tutor, starts_on=date(2026, month, 1), ends_on=date(2026, month, 28)
        )
    internship = actions.open_internship(**proposal)
    assert found(internship, "host_tutor").value == "2"
    for _n in range(2):
        factories.InternshipFactory(host_tutor=host_tutor, starts_on=date(2026, 5, 8), ends_on=date(2026, 9, 1))
    assert found(internship, "host_tutor").level == Level.ERROR
    assert found(internship, "promoter_tutor").value == "1"


def test_one_internship_of_a_person_with_a_host(internship, step, proposal, partner, operator, partner_staff, now):
    step(internship, "cancel", reason="L'azienda ha chiuso")
    second = actions.open_internship(**proposal)
    assert found(second, "same_host").level == Level.PASS, "one that was called off is none"
    Internship.objects.filter(pk=internship.pk).update(state=InternshipState.ENDED_EARLY)
    assert found(second, "same_host").level == Level.ERROR


def test_what_is_known_of_the_host_is_looked_at(proposal, unit):
    unit.dismissals_on = date(2025, 12, 1)
    unit.short_time_from = date(2026, 6, 1)
    unit.save()
    unit.host.insolvent_from = date(2026, 6, 1)
    unit.host.agreement_hours = Decimal(25)
    unit.host.save()
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**{**proposal, "worked_there_until": date(2025, 1, 1)})
    assert codes(refused) == {"dismissals", "short_time", "insolvent", "agreement", "worked_there"}


def test_a_partner_is_not_its_own_host(proposal, partner, unit):
    unit.host.sort_key = "ce.svi.p lombardia"
    unit.host.save()
    partner.name = "CE.SVI.P Lombardia"
    partner.save()
    with pytest.raises(ValidationError) as refused:
        actions.open_internship(**proposal)
    assert codes(refused) == {"promoter"}


def test_the_latest_timetable_of_a_minor_is_judged(internship, young_person):
    young_person.birth_date = date(2009, 1, 1)
    young_person.save()
    internship.refresh_from_db()
    assert found(internship, "minors_day") is None
    for day, ends_at in ((date(2026, 5, 5), time(19)), (date(2026, 6, 1), time(12))):
        internship.slots.create(valid_from=day, weekday=0, starts_at=time(8), ends_at=ends_at)
    assert found(internship, "minors_day").level == Level.PASS
    internship.slots.filter(valid_from=date(2026, 6, 1)).delete()
    assert found(internship, "minors_day").level == Level.ERROR


def test_findings_cost_the_same_whatever_the_rows(internship, unit, host_tutor, django_assert_num_queries):
    with django_assert_num_queries(5):
        queries.findings_of(internship)
    for _n in range(5):
        busy(unit, host_tutor=host_tutor)
    with django_assert_num_queries(5):
        queries.findings_of(internship)


# --- the pages ------------------------------------------------------------------------


def page(name, *args):
    return reverse(f"internships:{name}", args=args)


def typed(proposal, **changes):
    return {
        "unit": proposal["unit"].pk,
        "host_tutor": proposal["host_tutor"].pk,
        "promoter_tutor": proposal["promoter_tutor"].pk,
        "title": "Stare dietro al bancone",
        "kind": "extracurricular",
        "eqf_level": "3",
        "remote_mode": "on_site",
        "starts_on": "2026-05-11",
        "ends_on": "2026-08-07",
        "weekly_hours": "30",
        **changes,
    }


def test_while_one_types_the_findings_follow_and_nothing_is_saved(as_user, partner_staff, proposal, referral, unit):
    marta = as_user(partner_staff)
    address = f"{page('proposal-check', referral.pk)}?azienda={unit.host_id}"
    assert "Dura fino al 15 maggio 2026" in marta.post(address, typed(proposal, ends_on="2026-05-15")).content.decode()
    warned = marta.post(address, typed(proposal, weekly_hours="42", **{"why-week": WHY})).content.decode()
    assert 'name="why-week"' in warned
    assert WHY in warned, "what was typed stays"
    assert "Le regole non lo permettono" not in warned
    assert marta.post(address, {"kind": "extracurricular"}).status_code == 200
    assert marta.post(page("proposal-check", referral.pk), {}).status_code == 200
    assert not Internship.objects.exists()


def test_a_warning_is_gone_past_on_the_page_and_stands_in_the_list(
    as_user, partner_staff, other_partner_staff, coordinator, young_person, proposal, referral, unit
):
    marta = as_user(partner_staff)
    address = f"{page('internship-create', referral.pk)}?azienda={unit.host_id}"
    refused = marta.post(address, typed(proposal, weekly_hours="42"))
    assert "error-summary" in refused.content.decode()
    assert 'name="why-week"' in refused.content.decode()
    done = marta.post(address, typed(proposal, weekly_hours="42", **{"why-week": WHY}))
    internship = Internship.objects.get()
    assert done.url == page("internship-detail", internship.pk)

    for user, seen in ((partner_staff, True), (coordinator, True), (other_partner_staff, False)):
        body = as_user(user).get(page("override-list")).content.decode()
        assert (WHY in body) is seen
    body = marta.get(page("internship-rules", internship.pk)).content.decode()
    assert WHY in body
    assert "DGR X/7763" in body
    assert as_user(young_person.user).get(page("internship-rules", internship.pk)).status_code == 403


def test_the_list_is_paged_in_a_constant_number_of_queries(as_user, coordinator, django_assert_max_num_queries, now):
    for n in range(27):
        factories.RuleOverrideFactory(at=now.replace(minute=n))
    client = as_user(coordinator)
    client.get(page("override-list"))
    with django_assert_max_num_queries(12):
        first = client.get(page("override-list"))
    assert len(first.context["rows"]) == 25
    second = client.get(page("override-list") + first.context["next_url"])
    assert len(second.context["rows"]) == 2
    assert client.get(page("override-list"), {"dopo": "x"}).status_code == 200


def test_the_values_of_the_first_day_are_offered_to_all(internship):
    assert rules.values(internship.starts_on)["allowance.full"] == 500
