"""Retention runs by itself: warned first, then anonymous; a dry run lists and writes nothing."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from accounts import tasks
from accounts.models import YoungPerson
from foundation.communications.models import OutgoingMessage
from foundation.privacy import actions
from foundation.privacy.models import Access, RetentionRule, RetentionRun, Warned
from tests import factories

ROME = ZoneInfo("Europe/Rome")


@pytest.fixture
def rules(db):
    call_command("privacy", "rules", stdout=io.StringIO())
    return {rule.code: rule for rule in RetentionRule.objects.all()}


def passed_by(days_ago, now, edition, **fields):
    """Somebody who came once, `days_ago`, and went no further."""
    moment = now - timedelta(days=days_ago)
    person = factories.YoungPersonFactory(created_at=moment, **fields)
    factories.ParticipationFactory(person=person, edition=edition, opened_at=moment, state_since=moment)
    return person


def run(rule, on):
    moment = datetime(on.year, on.month, on.day, 4, 30, tzinfo=ROME)
    return actions.run_retention(rule=rule, on=on, dry_run=False, by=None, now=moment)


def test_rules_come_from_their_file_once_and_what_was_changed_stays(rules):
    assert {"first-contact", "file", "openings", "messages", "accounting"} <= set(rules)
    assert (rules["first-contact"].months, rules["file"].months) == (24, 60)
    RetentionRule.objects.filter(code="file").update(months=48)
    call_command("privacy", "rules", stdout=io.StringIO())
    assert RetentionRule.objects.get(code="file").months == 48


def test_warned_then_anonymised(rules, edition, now):
    rule, today = rules["first-contact"], now.date()
    person = passed_by(720, now, edition, user__email="amina@example.org", email="amina@example.org")
    recent = passed_by(300, now, edition)

    (warned,) = run(rule, today)
    assert (warned.step, warned.about) == ("warn", person.pk)
    message = OutgoingMessage.objects.get(about=person.pk)
    assert message.to == "amina@example.org"
    assert "togliamo il tuo nome" in message.text
    assert person.last_name not in message.subject
    assert Warned.objects.get().due_on == warned.due_on

    (waits,) = run(rule, today + timedelta(days=1))
    assert waits.step == "warned"
    assert OutgoingMessage.objects.count() == 1, "told once"

    (gone,) = run(rule, today + timedelta(days=31))
    assert gone.step == "anonymise"
    person.refresh_from_db()
    assert person.anonymised_at is not None
    assert run(rule, today + timedelta(days=32)) == []
    recent.refresh_from_db()
    assert recent.anonymised_at is None


def test_whoever_signs_in_is_kept(rules, edition, now):
    rule, today = rules["first-contact"], now.date()
    person = passed_by(720, now, edition)
    run(rule, today)
    person.user.last_login = now + timedelta(days=2)
    person.user.save()

    assert run(rule, today + timedelta(days=31)) == []
    person.refresh_from_db()
    assert person.anonymised_at is None


@pytest.mark.parametrize("further", ["interview", "plan", "limited", "closed"])
def test_who_went_further_or_asked_that_nothing_be_done_is_no_first_contact(rules, edition, now, further):
    person = passed_by(900, now, edition)
    participation = person.participations.get()
    if further == "interview":
        factories.InterviewFactory(participation=participation)
    elif further == "plan":
        factories.PlanFactory(participation=participation)
    elif further == "limited":
        YoungPerson.objects.update(limited_at=now)
    else:
        participation.state = "closed"
        participation.ending = "work"
        participation.closed_at = now
        participation.save()
    assert run(rules["first-contact"], now.date()) == []


def test_an_edition_of_which_no_payment_is_known_is_said_to_be_so(rules, edition, now):
    person = passed_by(900, now, edition)
    edition.ends_on, edition.starts_on = now.date() - timedelta(days=500), now.date() - timedelta(days=900)
    edition.save()
    (due,) = run(rules["file"], now.date())
    assert (due.step, due.about, due.due_on) == ("unknown", person.pk, None)
    person.refresh_from_db()
    assert person.anonymised_at is None


def test_what_one_room_holds_up_holds_up_nobody_else(rules, edition, now):
    rule = rules["first-contact"]
    held, free = (passed_by(900, now, edition) for _ in range(2))
    factories.InternshipFactory(participation=held.participations.get(), state="signed")
    run(rule, now.date())
    steps = {due.about: due.step for due in run(rule, now.date() + timedelta(days=30))}
    assert steps == {held.pk: "held", free.pk: "anonymise"}


def test_openings_and_the_text_of_messages_go_after_their_terms(rules, now, young_person):
    old, new = now - timedelta(days=800), now - timedelta(days=300)
    for at in (old, new):
        factories.AccessFactory(at=at)
        factories.OutgoingMessageFactory(
            about=young_person.pk, text="Hi Amina", state="sent", created_at=at, not_before=at, sent_at=at
        )

    assert [(d.label, d.count) for d in run(rules["openings"], now.date())] == [("privacy.Access", 1)]
    assert Access.objects.get().at == new
    assert [d.count for d in run(rules["messages"], now.date())] == [1]
    assert [m.text for m in OutgoingMessage.objects.order_by("created_at")] == ["", "Hi Amina"]
    assert run(rules["messages"], now.date()) == []


def test_the_night_runs_every_rule_and_counts_without_names(rules, edition, now):
    person = passed_by(900, now, edition)
    tasks.run_retention()
    run_ = RetentionRun.objects.get(rule=rules["first-contact"])
    assert run_.counts == {"warn": 1}
    assert str(person.pk) not in str(run_.counts)
    tasks.run_retention()
    assert OutgoingMessage.objects.filter(about=person.pk).count() <= 1


def test_a_dry_run_lists_and_writes_nothing(rules, edition, now):
    person = passed_by(900, now, edition)
    factories.AccessFactory(at=now - timedelta(days=900))
    factories.WarnedFactory(about=person.pk, rule=rules["first-contact"], due_on=date(2001, 1, 1))

    def rows():
        return {m._meta.label: sorted(map(str, m._base_manager.values_list())) for m in apps.get_models()}

    before, out = rows(), io.StringIO()
    call_command("privacy", "retention", dry_run=True, stdout=out)

    assert rows() == before
    said = out.getvalue()
    assert str(person.pk) in said
    assert "warn" in said
    assert "1 × privacy.Access" in said
    assert person.last_name not in said
    out = io.StringIO()
    call_command("privacy", "retention", dry_run=True, on=date(2031, 1, 1), stdout=out)
    assert str(person.pk) in out.getvalue()
    with pytest.raises(CommandError, match="dry run"):
        call_command("privacy", "retention", dry_run=False, on=date(2031, 1, 1))
