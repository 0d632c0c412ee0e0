"""Abroad and as a volunteer: where and when, papers that expire, from departure to return, and what was learnt."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from foundation.communications.models import OutgoingMessage
from intake.hooks import achievements
from intake.models import PersonSkill
from migwork.errors import NotNow
from pathways import actions
from pathways.enums import PathKind
from pathways.models import Stay
from tests import factories


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def path(participation, operator, now):
    return actions.begin_path(participation=participation, kind=PathKind.STAY, by=operator, now=now)


@pytest.fixture
def days(today):
    """Of a stay that begins today and lasts two months."""
    return {"starts_on": today, "ends_on": today + timedelta(days=60)}


def plan(path, operator, now, **fields):
    whole = {
        "programme": "esc",
        "host": "Casa Aberta",
        "place": "Lisboa, Portogallo",
        "contact": "Inês, +351 21 000",
        "insurer": "",
        "policy": "",
        "insured_until": None,
        **fields,
    }
    return actions.plan_stay(path=path, **whole, by=operator, now=now)


def prepared(path, operator, now, days):
    """Insured, with every paper in hand, and met before."""
    plan(path, operator, now, **days, insurer="Cigna", policy="ESC 12", insured_until=days["ends_on"])
    for step in path.steps.filter(kind="document"):
        actions.tick_step(step=step, done=True, by=operator, now=now)
    actions.note_talk(path=path, kind="before", at=now, said="Tutto chiaro.", by=operator, now=now)


def away(path, operator, now, days):
    prepared(path, operator, now, days)
    actions.move_path(path=path, verb="start", by=operator, now=now)
    path.refresh_from_db()


def test_programme_host_dates(path, operator, young_person, today, now, days):
    with pytest.raises(NotNow):
        actions.move_path(path=path, verb="choose", by=operator, now=now)
    with pytest.raises(NotNow):
        plan(path, operator, now, starts_on=today, ends_on=today - timedelta(days=1))
    with pytest.raises(PermissionDenied):
        plan(path, young_person.user, now, **days)
    later = {"starts_on": today + timedelta(days=40), "ends_on": today + timedelta(days=90)}
    stay = plan(path, operator, now, **later)
    path.refresh_from_db()
    assert path.state == "preparing"
    codes = {step.code: step for step in path.steps.all()}
    assert {"travel_document", "ehic", "agreement", "apply"} <= set(codes)
    assert codes["travel_document"].due_on == stay.starts_on - timedelta(days=7)
    # Here in Milan nobody needs a passport, and a minor no consent to travel.
    plan(path, operator, now, **later, programme="citizenship")
    assert Stay.objects.get().programme == "citizenship"
    for values in ({"ends_on": today}, {"insurer": "Cigna"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stay.objects.update(**values)


def test_a_minor_needs_a_consent_to_travel(path, operator, young_person, today, now, days):
    young_person.birth_date = today - timedelta(days=365 * 17)
    young_person.save()
    plan(path, operator, now, **days)
    assert path.steps.filter(code="parents").exists()


def test_documents_that_expire(path, operator, young_person, today, now, days, as_user):
    prepared(path, operator, now, days)
    passport = path.steps.get(code="travel_document")
    actions.change_step(step=passport, done=True, expires_on=today + timedelta(days=30), by=young_person.user, now=now)
    # It would expire on the way: told once, said on the page, and nobody leaves like that.
    assert actions.remind_of_paths(now=now) == 1
    assert actions.remind_of_paths(now=now + timedelta(hours=3)) == 0
    assert OutgoingMessage.objects.filter(key__contains=":expires:").count() == 1
    page = as_user(young_person.user).get(reverse("pathways:my-stay")).content.decode()
    assert "Scade prima dell’ultimo giorno" in page
    with pytest.raises(NotNow):
        actions.move_path(path=path, verb="start", by=operator, now=now)
    actions.change_step(
        step=passport, done=True, expires_on=today + timedelta(days=3650), by=young_person.user, now=now
    )
    # An insurance that ends before the stay is none.
    plan(path, operator, now, **days, insurer="Cigna", insured_until=today + timedelta(days=20))
    with pytest.raises(NotNow):
        actions.move_path(path=path, verb="start", by=operator, now=now)
    plan(path, operator, now, **days, insurer="Cigna", insured_until=days["ends_on"])
    actions.move_path(path=path, verb="start", by=operator, now=now)
    path.refresh_from_db()
    assert path.state == "under_way"


def test_from_departure_to_return(path, operator, today, now, days, as_user):
    plan(path, operator, now, **days, insurer="Cigna", insured_until=days["ends_on"])
    for step in path.steps.filter(kind="document"):
        actions.tick_step(step=step, done=True, by=operator, now=now)
    with pytest.raises(NotNow):  # nobody met them before
        actions.move_path(path=path, verb="start", by=operator, now=now)
    actions.note_talk(path=path, kind="before", at=now, said="Zaino pronto.", by=operator, now=now)
    actions.move_path(path=path, verb="start", by=operator, now=now)
    month = now + timedelta(days=35)
    page = reverse("pathways:path-detail", args=[path.pk])
    assert "Da un mese" not in as_user(operator).get(page).content.decode()
    actions.note_talk(path=path, kind="during", at=month, said="Sta bene.", by=operator, now=month)
    back = now + timedelta(days=62)
    with pytest.raises(NotNow):  # the talk after the return is still to come
        actions.end_path(path=path, outcome="stayed", on=days["ends_on"], by=operator, now=back)
    actions.note_talk(path=path, kind="after", at=back, said="Vuole ripartire.", by=operator, now=back)
    ended = actions.end_path(path=path, outcome="stayed", on=days["ends_on"], by=operator, now=back)
    assert (ended.outcome, ended.outcome_on) == ("stayed", days["ends_on"])
    [achieved] = [row for rows in achievements.call(person=ended.participation.person) for row in rows]
    assert (achieved.kind, achieved.place, achieved.ended) == (
        "internship",
        "Casa Aberta, Lisboa, Portogallo",
        days["ends_on"],
    )


def test_who_comes_back_early_says_why(path, operator, today, now, days):
    with pytest.raises(NotNow):
        actions.end_path(path=path, outcome="back_early", reason="own", on=today, by=operator, now=now)
    away(path, operator, now, days)
    with pytest.raises(NotNow):
        actions.end_path(path=path, outcome="back_early", on=today, by=operator, now=now)
    assert actions.end_path(path=path, outcome="back_early", reason="own", on=today, by=operator, now=now).reason


def test_nobody_hears_from_them(path, operator, now, days, as_user):
    import time_machine

    away(path, operator, now, days)
    with time_machine.travel(now + timedelta(days=31), tick=False):
        page = as_user(operator).get(reverse("pathways:path-detail", args=[path.pk])).content.decode()
    assert "Da un mese" in page


def test_what_was_learnt(path, operator, young_person, now, days, as_user):
    with pytest.raises(NotNow):
        actions.say_what_was_learnt(path=path, words="Cucinare", by=young_person.user, now=now)
    away(path, operator, now, days)
    actions.say_what_was_learnt(path=path, words="Cucino per venti.", by=young_person.user, now=now)
    with pytest.raises(PermissionDenied):
        actions.say_what_was_learnt(path=path, words="Altro", by=operator, now=now)
    skill = factories.SkillLabelFactory(label="cucinare per gruppi").skill
    for _twice in range(2):
        actions.turn_into_skill(path=path, skill=skill, level=3, evidence="Casa Aberta, Lisboa", by=operator, now=now)
    row = PersonSkill.objects.get(person=young_person)
    assert (row.skill, row.level, row.evidence) == (skill, 3, "Casa Aberta, Lisboa")
    assert path.learnt_skills.count() == 1
    page = as_user(young_person.user).get(reverse("pathways:my-stay")).content.decode()
    assert "cucinare per gruppi" in page
    assert "Cucino per venti." in page
    with pytest.raises(PermissionDenied):
        actions.turn_into_skill(path=path, skill=skill, level=4, evidence="x", by=young_person.user, now=now)
