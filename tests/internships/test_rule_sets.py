"""The rule sets: loaded once, read by the day, changed with their history, copied when the law changes."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.privacy.models import Event
from internships import actions, rules
from internships.models import Rule, RuleChange, RuleSet
from tests import factories

DAY = date(2026, 5, 5)


@pytest.fixture
def rule_set(db):
    call_command("load_rules", verbosity=0)
    return RuleSet.objects.get()


def test_loading_twice_is_the_same_as_once_and_keeps_what_was_changed(rule_set):
    rule_set.rules.filter(code="allowance.full").update(value=600)
    rule_set.rules.filter(code="attestation").delete()
    count = rule_set.rules.count()
    call_command("load_rules", verbosity=0)
    assert rule_set.rules.count() == count + 1
    values = rules.values(DAY)
    assert (values["allowance.full"], values["attestation"]) == (600, 70)


def test_without_any_the_shipped_ones_hold(db):
    assert rules.values(DAY)["allowance.full"] == 500
    assert rules.values(date(2000, 1, 1)).code == "lombardia-2018"


def test_the_set_of_the_day_holds(rule_set, administrator, now):
    rule_set.valid_to = date(2026, 5, 4)
    actions.change_rule_set(rule_set=rule_set, by=administrator, now=now)
    draft = actions.draft_from(rule_set=rule_set, by=administrator, now=now)
    later = draft.rules.get(code="allowance.full")
    later.value = Decimal(650)
    actions.change_rule_set(rule_set=draft, rules=[later], by=administrator, now=now)
    assert rules.values(DAY)["allowance.full"] == 500, "nobody is judged by a draft"
    draft.valid_from, draft.valid_to, draft.is_draft = DAY, None, False
    actions.change_rule_set(rule_set=draft, by=administrator, now=now)
    assert rules.values(DAY)["allowance.full"] == 650
    assert rules.values(DAY - timedelta(days=1))["allowance.full"] == 500


def test_two_sets_never_hold_on_one_day(rule_set):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.RuleSetFactory(valid_from=DAY, valid_to=None)
    assert factories.RuleSetFactory(valid_from=DAY, valid_to=None, is_draft=True)


def test_what_it_was_before_is_kept(rule_set, administrator, now):
    rule = rule_set.rules.get(code="allowance.full")
    rule.value, rule.is_sure = Decimal("550"), False
    actions.change_rule_set(rule_set=rule_set, rules=[rule], by=administrator, now=now)
    found = RuleChange.objects.filter(rule_set=rule_set).values_list("before", "after", "by", "at")
    assert set(found) == {
        ("500.00", "550", administrator.pk, now),
        ("sì", "no", administrator.pk, now),
    }
    assert Event.objects.filter(verb="internships.rule_set_changed").get().fields == ["is_sure", "value"]
    actions.change_rule_set(rule_set=rule_set, rules=[rule], by=administrator, now=now)
    assert RuleChange.objects.count() == 2, "what did not change leaves no trace"


def test_only_administrators_change_them(rule_set, coordinator, now):
    for act in (actions.change_rule_set, actions.draft_from):
        with pytest.raises(PermissionDenied):
            act(rule_set=rule_set, by=coordinator, now=now)


def posted(rule_set, **changes):
    """The form of the administration, filled in with what is there."""
    rows = list(rule_set.rules.all())
    data = {
        "name": rule_set.name,
        "region": rule_set.region,
        "source": rule_set.source,
        "valid_from": rule_set.valid_from.isoformat(),
        "valid_to": "",
        "rules-TOTAL_FORMS": len(rows),
        "rules-INITIAL_FORMS": len(rows),
        "changes-TOTAL_FORMS": 0,
        "changes-INITIAL_FORMS": 0,
    }
    for n, row in enumerate(rows):
        data |= {f"rules-{n}-id": row.pk, f"rules-{n}-source": row.source, f"rules-{n}-is_active": "on"}
        data[f"rules-{n}-kinds"] = row.kinds
        data |= {f"rules-{n}-is_sure": "on"} if row.is_sure else {}
        data |= {f"rules-{n}-value": row.value} if row.value is not None else {}
        if row.code in changes:
            data[f"rules-{n}-value"] = changes[row.code]
    return data


def test_an_administrator_changes_a_value_on_the_page_and_sees_what_it_was(rule_set, administrator, client):
    client.force_login(administrator, backend="accounts.backends.ByPassword")
    address = reverse("admin:internships_ruleset_change", args=[rule_set.pk])
    answer = client.post(address, posted(rule_set, attestation="75"))
    assert answer.status_code == 302
    assert Rule.objects.get(code="attestation").value == 75
    change = RuleChange.objects.get()
    assert (change.before, change.after, change.by) == ("70.00", "75", administrator)
    body = client.get(address).content.decode()
    assert "Attestazione finale" in body
    assert "70.00" in body


def test_an_administrator_says_for_which_internships_a_rule_holds(rule_set, administrator, client):
    client.force_login(administrator, backend="accounts.backends.ByPassword")
    address = reverse("admin:internships_ruleset_change", args=[rule_set.pk])
    data = posted(rule_set)
    n = next(n for n, row in enumerate(rule_set.rules.all()) if row.code == "notice.before")
    client.post(address, data | {f"rules-{n}-kinds": ["extracurricular"]})
    assert not rules.values_of(rule_set).holds("notice.before", "summer")
    change = RuleChange.objects.get()
    assert change.before == "Tirocinio extracurriculare, Tirocinio estivo di chi studia"
    assert change.after == "Tirocinio extracurriculare"


def test_a_copy_is_made_in_the_list(rule_set, administrator, client):
    client.force_login(administrator, backend="accounts.backends.ByPassword")
    address = reverse("admin:internships_ruleset_changelist")
    client.post(address, {"action": "copy", "_selected_action": [rule_set.pk]})
    draft = RuleSet.objects.get(is_draft=True)
    assert draft.rules.count() == rule_set.rules.count()


def test_a_number_and_its_unit_go_together(rule_set):
    with pytest.raises(IntegrityError), transaction.atomic():
        Rule.objects.filter(code="attestation").update(unit="")
    with pytest.raises(ValidationError):
        Rule(rule_set=rule_set, code="x", name="x", source="x", value=-1, unit="days").full_clean()
