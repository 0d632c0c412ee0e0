"""What is due by a day: which, when, done with its receipt, and to whom it is said the later it gets."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from foundation.communications.models import OutgoingMessage
from internships import actions
from internships.enums import InternshipState as S
from internships.enums import TodoKind as K
from internships.models import DatedTodo, Internship
from internships.rules import shipped
from internships.todos import Change, Facts, wanted
from migwork.errors import NotNow

FIRST = date(2026, 5, 5)
VALUES = next(iter(shipped().values()))


def days(**facts) -> dict:
    known = {"kind": "extracurricular", "is_public": False, "starts_on": FIRST, **facts}
    return {want.kind: want.due_on for want in wanted(Facts(**known), VALUES)}


def test_the_days_of_an_ordinary_internship():
    assert days() == {
        K.INSURANCE: date(2026, 5, 4),
        K.NOTICE_START: date(2026, 5, 4),
        K.REGISTRATION: date(2026, 6, 4),
    }


def test_public_hosts_have_until_the_twentieth_of_the_next_month():
    change = Change("x", "extension", date(2026, 5, 31), date(2026, 6, 1), date(2026, 7, 1))
    public = days(is_public=True, changes=[change], ended_on=date(2026, 12, 31))
    assert public[K.NOTICE_START] == date(2026, 6, 20)
    assert public[K.NOTICE_EXTENSION] == date(2026, 6, 20)
    assert public[K.NOTICE_END] == date(2027, 1, 20)
    # The insurance knows no such term.
    assert public[K.INSURANCE] == date(2026, 5, 4)
    assert public[K.INSURANCE_EXTENSION] == date(2026, 6, 1)


@pytest.mark.parametrize("kind", ["curricular", "pcto", "shadowing"])
def test_study_paths_owe_no_notice(kind):
    assert set(days(kind=kind, ended_on=FIRST)) == {K.INSURANCE}


def test_an_earlier_last_day_is_no_extension():
    change = Change("x", "return", FIRST, date(2026, 6, 20), date(2026, 6, 1))
    assert K.NOTICE_EXTENSION not in days(changes=[change])


# --- kept up with the internship ----------------------------------------------------


def open_todos(internship):
    return set(internship.todos.filter(done_at=None).values_list("kind", flat=True))


def test_they_come_with_the_agreement_and_go_when_it_is_called_off(internship, step):
    assert open_todos(internship) == set()
    step(internship, "agree")
    assert open_todos(internship) == {K.NOTICE_START, K.INSURANCE, K.REGISTRATION}
    step(internship, "cancel", reason="No")
    assert not DatedTodo.objects.exists()


def test_an_early_end_is_given_notice_of(running, step):
    step(running, "end_early", reason="Ha trovato lavoro")
    todo = running.todos.get(kind=K.NOTICE_END)
    assert todo.due_on == FIRST + timedelta(days=5)


def test_done_with_its_receipt_once_and_undone(running, partner_staff, operator, now):
    todo = running.todos.get(kind=K.NOTICE_START)
    done = {"done_on": FIRST, "reference": "1500/2026", "by": partner_staff, "now": now}
    for wrong in ({"reference": " "}, {"done_on": FIRST + timedelta(days=1)}):
        with pytest.raises(ValidationError):
            actions.do_todo(todo=todo, **{**done, **wrong})
    with pytest.raises(PermissionDenied):
        actions.do_todo(todo=todo, **{**done, "by": operator})
    actions.do_todo(todo=todo, **done)
    with pytest.raises(NotNow):
        actions.do_todo(todo=todo, **done)
    actions.undo_todo(todo=todo, by=partner_staff, now=now)
    assert K.NOTICE_START in open_todos(running)
    with pytest.raises(IntegrityError), transaction.atomic():
        DatedTodo.objects.filter(pk=todo.pk).update(done_at=now)


def test_what_is_done_stays_when_the_rest_follows(running, partner_staff, step, now):
    todo = running.todos.get(kind=K.REGISTRATION)
    actions.do_todo(todo=todo, done_on=FIRST, reference="77", by=partner_staff, now=now)
    step(running, "end_early", reason="x")
    assert running.todos.get(kind=K.REGISTRATION).reference == "77"


# --- who is told ------------------------------------------------------------------


def told(now, after):
    before = set(OutgoingMessage.objects.values_list("key", flat=True))
    actions.remind_of_todos(now=now + timedelta(days=after))
    return {m.to for m in OutgoingMessage.objects.exclude(key__in=before)}


def test_the_later_the_more_people_each_step_once(running, partner_staff, partner_admin, coordinator, now):
    for todo in running.todos.exclude(kind=K.REGISTRATION):
        actions.do_todo(todo=todo, done_on=FIRST, reference="1", by=partner_staff, now=now)
    assert told(now, 26) == set()  # four days before
    assert told(now, 27) == {partner_staff.email}
    assert told(now, 27) == set()
    assert told(now, 30) == set()  # its very day
    assert told(now, 31) == {partner_staff.email, partner_admin.email}
    assert told(now, 32) == set()
    assert told(now, 37) == {partner_staff.email, partner_admin.email, coordinator.email}
    todo = running.todos.get(kind=K.REGISTRATION)
    for message in OutgoingMessage.objects.filter(key__startswith=f"todo:{todo.pk}"):
        assert "Amina" not in message.subject + message.text
        assert "4 giugno" in message.text
    actions.do_todo(todo=todo, done_on=FIRST, reference="1", by=partner_staff, now=now)
    assert told(now, 60) == set()


def test_nobody_is_told_of_what_was_called_off(internship, step, now):
    step(internship, "agree")
    Internship.objects.update(state=S.CANCELLED)
    assert told(now, 40) == set()


def test_the_board_of_values_is_the_rule_sets_own(internship, step):
    """Another day in the rule set, another day on the list."""
    values = SimpleNamespace(
        whole=lambda code: 3 if code == "registration" else VALUES.whole(code), is_for=VALUES.is_for
    )
    facts = Facts(kind="extracurricular", is_public=False, starts_on=FIRST)
    [registration] = [want for want in wanted(facts, values) if want.kind == K.REGISTRATION]
    assert registration.due_on == date(2026, 5, 8)
