"""Back to study: chosen together, with papers and days, accompanied to the enrolment, and asked again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from migwork.errors import NotNow
from migwork.months import add_months
from pathways import actions
from pathways.enums import PathKind
from pathways.models import AccompaniedPath, PathCheck, PathStep
from pathways.queries import paths as queries


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def path(participation, operator, now):
    return actions.begin_path(participation=participation, kind=PathKind.STUDY, by=operator, now=now)


def option(path, operator, now, **fields):
    fields = {"route": "evening", "school": "ITSOS Albe Steiner", "course": "Grafica", **fields}
    return actions.add_option(path=path, **fields, by=operator, now=now)


def steps(path) -> dict:
    return {step.code or step.title: step for step in path.steps.all()}


def mails(template=""):
    return OutgoingMessage.objects.filter(key__startswith=f"pathways:path-{template}")


def enrolled(path, operator, now):
    actions.choose_option(option=option(path, operator, now), by=operator, now=now)
    actions.move_path(path=path, verb="start", by=operator, now=now)
    return actions.end_path(path=path, outcome="enrolled", on=timezone.localdate(now), by=operator, now=now)


def test_choosing_together(path, participation, operator, other_operator, young_person, today, now):
    cpia = option(path, operator, now, route="cpia", school="CPIA 5")
    evening = option(path, operator, now, enrol_by=today + timedelta(days=30), thoughts="Vicina a casa")
    actions.choose_option(option=cpia, by=operator, now=now)
    # They thought again: one is chosen, and its day is the day of what is due by it.
    actions.choose_option(option=evening, by=other_operator, now=now)
    path.refresh_from_db()
    assert path.state == "preparing"
    assert list(path.options.filter(is_chosen=True)) == [evening]
    assert {"id_card", "tax_code", "last_title", "open_day", "ask"} <= set(steps(path))
    assert steps(path)["ask"].due_on == today + timedelta(days=30)
    assert PathStep.objects.filter(path=path, code="ask").count() == 1
    with pytest.raises(NotNow):
        actions.drop_option(option=evening, by=operator, now=now)
    actions.drop_option(option=cpia, by=operator, now=now)
    # The young person reads it in their own page, and chooses at the talk.
    with pytest.raises(PermissionDenied):
        actions.choose_option(option=evening, by=young_person.user, now=now)
    with pytest.raises(NotNow):
        actions.begin_path(participation=participation, kind=PathKind.STUDY, by=operator, now=now)


def test_whoever_is_from_elsewhere_needs_a_permit(path, young_person, operator, now):
    young_person.citizenship = "EG"
    young_person.save()
    actions.choose_option(option=option(path, operator, now), by=operator, now=now)
    assert "permit" in steps(path)


def test_documents_and_deadlines(path, operator, young_person, today, now, as_user):
    actions.choose_option(option=option(path, operator, now, enrol_by=today + timedelta(days=6)), by=operator, now=now)
    card = steps(path)["id_card"]
    actions.change_step(step=card, done=True, expires_on=today + timedelta(days=40), by=young_person.user, now=now)
    # One for the day that comes near, one for the card: once each, however often beat looks.
    assert actions.remind_of_paths(now=now) == 2
    assert actions.remind_of_paths(now=now + timedelta(hours=1)) == 0
    assert actions.remind_of_paths(now=now + timedelta(days=1)) == 0
    told = {message.key.split(":")[3] for message in mails("step")}
    assert told == {"soon", "expires"}
    # The day goes by: told once more. What is done is not.
    assert actions.remind_of_paths(now=now + timedelta(days=7)) == 1
    actions.tick_step(step=steps(path)["ask"], done=True, by=young_person.user, now=now)
    assert actions.remind_of_paths(now=now + timedelta(days=8)) == 0
    page = as_user(young_person.user).get(reverse("pathways:my-study")).content.decode()
    assert "Scade presto" in page
    assert "valido fino al" in page


def test_nobody_is_reminded_at_night(path, operator, today, now):
    actions.add_step(path=path, kind="task", title="ISEE", due_on=today, by=operator, now=now)
    assert actions.remind_of_paths(now=now.replace(hour=22)) == 0
    assert actions.remind_of_paths(now=now.replace(hour=7)) == 0


def test_a_new_day_is_reminded_of_anew(path, operator, today, now):
    step = actions.add_step(
        path=path, kind="task", title="ISEE", due_on=today + timedelta(days=2), by=operator, now=now
    )
    assert actions.remind_of_paths(now=now) == 1
    actions.change_step(step=step, done=False, due_on=today + timedelta(days=5), by=operator, now=now)
    assert actions.remind_of_paths(now=now) == 1


def test_an_expired_document_is_not_ticked_off(path, operator, today, now):
    step = actions.add_step(path=path, kind="document", title="Permesso", by=operator, now=now)
    with pytest.raises(NotNow):
        actions.change_step(step=step, done=True, expires_on=today - timedelta(days=1), by=operator, now=now)


def test_enrolled(path, operator, partner_staff, young_person, today, now):
    with pytest.raises(NotNow):
        actions.end_path(path=path, outcome="enrolled", on=today, by=operator, now=now)
    actions.choose_option(option=option(path, operator, now), by=operator, now=now)
    talk = actions.arrange_talk(
        path=path, kind="together", at=now + timedelta(days=1), place="Segreteria", by=operator, now=now
    )
    assert mails("talk").count() == 1
    actions.note_talk(
        path=path,
        kind="together",
        at=talk.at,
        said="Modulo consegnato.",
        tasks=["Pagare la tassa"],
        talk=talk,
        by=operator,
        now=now + timedelta(days=1, hours=1),
    )
    assert steps(path)["Pagare la tassa"].talk_id == talk.pk
    actions.move_path(path=path, verb="start", by=operator, now=now)
    for stranger in (young_person.user, partner_staff):
        with pytest.raises(PermissionDenied):
            actions.end_path(path=path, outcome="enrolled", on=today, by=stranger, now=now)
    with pytest.raises(ValidationError):
        actions.end_path(path=path, outcome="vat_number", on=today, by=operator, now=now)
    ended = actions.end_path(path=path, outcome="enrolled", on=today, by=operator, now=now)
    assert (ended.state, ended.outcome, ended.outcome_on) == ("ended", "enrolled", today)
    with pytest.raises(NotNow):
        actions.add_step(path=path, kind="task", title="Altro", by=operator, now=now)


def test_still_enrolled_at_six_months(path, operator, young_person, today, now, client):
    enrolled(path, operator, now)
    check = PathCheck.objects.get()
    assert check.due_on == add_months(today, 6)
    then = now + (check.due_on - today)
    assert actions.remind_of_paths(now=then - timedelta(days=1)) == 0
    assert actions.remind_of_paths(now=then) == 1
    assert actions.remind_of_paths(now=then + timedelta(hours=2)) == 0
    assert actions.remind_of_paths(now=then + timedelta(days=7)) == 1
    assert actions.remind_of_paths(now=then + timedelta(days=20)) == 0
    link = reverse("pathways:path-check", args=[queries.check_token(check)])
    assert link in mails("check").first().text
    page = client.get(link)
    assert young_person.last_name not in page.content.decode()
    client.post(link, {"answer": "still"})
    check.refresh_from_db()
    assert (check.answer, check.by) == ("still", None)
    with pytest.raises(NotNow):
        actions.answer_check(check=check, answer="stopped", now=then)


def test_reopened_nobody_asks(path, operator, now):
    enrolled(path, operator, now)
    actions.reopen_path(path=path, by=operator, now=now)
    assert not PathCheck.objects.exists()
    path.refresh_from_db()
    assert (path.state, path.outcome, path.outcome_on) == ("choosing", "", None)


def test_the_database_keeps_paths_whole(path, operator, today, now):
    def refuses(**values):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccompaniedPath.objects.filter(pk=path.pk).update(**values)

    whole = {"state": "ended", "ended_at": now, "ended_by": operator, "outcome_on": today}
    refuses(**whole)
    refuses(outcome="enrolled")
    refuses(**whole, outcome="company")
    refuses(**whole, outcome="dropped")
    refuses(**whole, outcome="enrolled", reason="money")
    refuses(organisation=None)


def test_who_sees_and_who_goes_along(
    path, operator, partner_staff, other_partner_staff, coordinator, young_person, now
):
    def sees(user):
        return queries.path_for(type(user).objects.get(pk=user.pk), path.pk) is not None

    assert sees(operator)
    assert sees(young_person.user)
    assert not any(sees(user) for user in (partner_staff, other_partner_staff, coordinator))
    membership = next(row for row in queries.companions(path) if row.user_id == partner_staff.pk)
    actions.hand_path(path=path, membership=membership, by=operator, now=now)
    assert sees(partner_staff)
    assert not sees(other_partner_staff)
    membership.is_active = False
    membership.save()
    assert not sees(partner_staff)


def test_the_way_to_it(path, operator, participation, young_person, now, as_user):
    """From home and plan for the young person, from the file for the operator."""
    young, desk = as_user(young_person.user), as_user(operator)
    for page in ("portal:home", "intake:my-plan"):
        assert reverse("pathways:my-study") in young.get(reverse(page)).content.decode()
    file = desk.get(reverse("intake:person-file", args=[participation.pk]) + "?s=attivita").content.decode()
    assert reverse("pathways:path-detail", args=[path.pk]) in file
    begun = desk.get(reverse("pathways:person-study", args=[participation.pk]))
    assert begun.url == reverse("pathways:path-detail", args=[path.pk])
