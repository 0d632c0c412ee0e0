"""What the law protects most: encrypted, for the case team, each read with its reason."""

import io
import json

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import actions
from accounts.enums import MarkCode
from accounts.models import SpecialCategory, SpecialRule
from foundation.privacy.models import Access, Event
from migwork.errors import NotNow
from reporting.counting import count_figures
from tests import factories

SECRET = "needs a lift because of her wheelchair"
REASON = "To look for a barrier-free place"


@pytest.fixture
def rule(db):
    return factories.SpecialRuleFactory()


@pytest.fixture
def internship_planned(participation):
    """The plan leads to an internship: from now on the rules on internships hold of this person."""
    return factories.PlanActionFactory(goal__plan__participation=participation, kind="internship")


@pytest.fixture
def note(young_person, rule, internship_planned, operator, now):
    return actions.record_special(person=young_person, rule=rule, text=SECRET, by=operator, now=now)


def column(table, name) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{name}" FROM "{table}"')
        return [value for (value,) in cursor.fetchall()]


def test_ciphertext_in_the_database(note):
    (stored,) = column("accounts_specialcategory", "text")
    assert stored.startswith("gAAAA")
    assert "wheelchair" not in stored
    assert SpecialCategory.objects.get().text == SECRET
    event = Event.objects.get(verb="accounts.special_recorded")
    assert (event.about, event.fields, event.detail_digest) == (note.person_id, [], "")


def test_each_read_needs_and_keeps_its_reason(note, as_user, operator, young_person, city, now):
    page = reverse("accounts:special-notes", args=[young_person.pk])
    client = as_user(operator)

    asked = client.get(page)
    assert SECRET not in asked.content.decode(), "first the reason"
    for nothing in ("", "   ", "because"):
        refused = client.post(page, {"reason": nothing})
        assert SECRET not in refused.content.decode()
    assert not Access.objects.exists()

    told = client.post(page, {"reason": REASON})
    assert SECRET in told.content.decode()
    opening = Access.objects.get()
    assert (opening.about, opening.by, opening.reason, opening.special) == (young_person.pk, operator, REASON, True)
    assert (opening.why, opening.as_role, opening.organisation) == ("special", "operator", city.short_name)
    assert column("privacy_access", "reason")[0].startswith("gAAAA")

    assert SECRET not in client.get(page).content.decode(), "opened again it asks again"
    client.post(page, {"reason": REASON})
    assert Access.objects.count() == 2
    assert "no-store" in told["Cache-Control"]
    seen_by_the_person = as_user(young_person.user).get(reverse("accounts:my-openings")).content.decode()
    assert seen_by_the_person.count(REASON) == 2
    assert operator.name not in seen_by_the_person


@pytest.mark.parametrize("who", ["administrator", "coordinator", "partner_staff", "evaluator", "privacy_officer"])
def test_nobody_but_the_case_team(note, young_person, as_user, request, now, who):
    user = request.getfixturevalue(who)
    page = reverse("accounts:special-notes", args=[young_person.pk])
    assert as_user(user).post(page, {"reason": REASON}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.read_special(person=young_person, reason=REASON, what="x", by=user, now=now)
    with pytest.raises(PermissionDenied):
        actions.remove_special(note=note, by=user, now=now)
    with pytest.raises(PermissionDenied):
        actions.set_mark(person=young_person, code="quota_exempt", value="yes", reason="x", by=user, now=now)
    assert not Access.objects.exists()


def test_the_story_does_not_even_say_that_there_is_one(note, participation, coordinator, operator, as_user, now):
    actions.remove_special(note=note, by=operator, now=now)
    page = reverse("intake:person-file", args=[participation.pk]) + "?tutto"
    for user in (coordinator, operator):
        assert "ota riservata" not in as_user(user).get(page).content.decode()


def test_nothing_is_asked_that_no_rule_asks_for(young_person, rule, participation, operator, as_user, now):
    page = reverse("accounts:special-add", args=[young_person.pk])
    interview = factories.InterviewFactory(participation=participation, by=operator)
    talk = reverse("intake:interview-detail", args=[interview.pk])
    desk = as_user(operator)

    def refused():
        shown = desk.get(page).text
        assert "nessuna regola" in shown
        assert "<textarea" not in shown
        assert page not in desk.get(talk).text
        assert desk.post(page, {"rule": rule.code, "text": "x"}).status_code == 200
        with pytest.raises(NotNow):
            actions.record_special(person=young_person, rule=rule, text="x", by=operator, now=now)
        assert not SpecialCategory.objects.exists()

    refused()
    step = factories.PlanActionFactory(goal__plan__participation=participation, kind="internship")
    assert page in desk.get(talk).text, "where the rule holds, the talk leads there"
    assert "Che cosa serve sul posto?" in desk.get(page).text
    rule.is_active = False
    rule.save()
    refused()
    rule.is_active = True
    rule.save()
    step.state = "dropped"
    step.save()
    refused()
    factories.ReferralFactory(participation=participation, purpose="internship", sent_by=operator)
    assert desk.post(page, {"rule": rule.code, "text": "x"}).status_code == 302
    note = SpecialCategory.objects.get()
    assert (note.kind, note.why, note.rule, note.recorded_by) == ("disability", "DGR X/7763", rule, operator)


def test_the_rules_come_from_a_file_and_keep_what_was_changed(db):
    call_command("load_purposes", stdout=io.StringIO())
    rule = SpecialRule.objects.get(code="internship-disability")
    rule.is_active = False
    rule.save()
    call_command("load_purposes", stdout=io.StringIO())
    rule.refresh_from_db()
    assert not rule.is_active
    assert {row.purpose for row in SpecialRule.objects.all()} == {"internship"}


def test_the_interview_itself_asks_nothing_of_the_kind(settings):
    """What its form asks can be read by nobody outside the case team, but what the law protects stands apart."""
    words = (
        (settings.BASE_DIR / "intake" / "questionnaires" / "first-interview.toml").read_text().split("[[sections]]", 1)
    )
    for protected in ("salute", "disabil", "malatt", "protezione", "asilo", "condann", "relig"):
        assert protected not in words[1].lower()


def test_taken_out_its_text_is_gone(note, as_user, operator, young_person, now):
    assert as_user(operator).post(reverse("accounts:special-remove", args=[note.pk])).status_code == 302
    note.refresh_from_db()
    assert (note.text, note.removed_by) == ("", operator)
    assert actions.read_special(person=young_person, reason=REASON, what="x", by=operator, now=now) == []
    before = note.removed_at
    actions.remove_special(note=note, by=operator, now=timezone.now())
    note.refresh_from_db()
    assert note.removed_at == before


def test_a_mark_says_what_a_rule_must_know_and_no_more(note, young_person, operator, now):
    def set_to(value):
        return actions.set_mark(
            person=young_person, code=MarkCode.DURATION_CLASS, value=value, reason="24 months", by=operator, now=now
        )

    first, second = set_to("disadvantaged"), set_to("disabled")
    first.refresh_from_db()
    assert first.removed_at == now
    assert list(young_person.marks.filter(removed_at=None)) == [second]
    assert not Access.objects.exists(), "checking a rule is not reading a diagnosis"


def test_talks_are_in_no_export(edition, participation, operator, coordinator, evaluator, administrator, as_user, now):
    """Only the case team reads them: neither figures, lists and reports nor other roles' pages hold a word of it."""
    word = "Quarantasei"
    participation.operator = operator
    participation.save()
    factories.ReceptionFactory(participation=participation, by=operator, at=now, need=word, information_given=word)
    sheet = factories.AnswerSheetFactory(answers={"now": {"situation": word}})
    factories.InterviewFactory(participation=participation, by=operator, sheet=sheet)
    factories.ReferralFactory(participation=participation, sent_by=operator, note=word)
    stored = [
        *column("intake_reception", "need"),
        *column("intake_reception", "information_given"),
        *column("questionnaires_answersheet", "answers"),
        *column("intake_referral", "note"),
    ]
    assert all(value.startswith("gAAAA") for value in stored)

    figures = count_figures(edition, from_day=edition.starts_on, to_day=timezone.localdate(now), now=now)
    assert word not in json.dumps(figures, default=str)
    talks = reverse("intake:person-file", args=[participation.pk]) + "?s=colloqui"
    assert word in as_user(operator).get(talks).content.decode()
    rows = reverse("reporting:figure-rows", args=["registered"])
    for other in (coordinator, evaluator, administrator):
        client = as_user(other)
        for page in (talks, rows, reverse("reporting:dashboard"), reverse("reporting:report-list")):
            assert word not in client.get(page).content.decode()
