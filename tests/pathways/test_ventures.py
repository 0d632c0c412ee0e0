"""A business of one's own: the idea that grows, the mentor's talks, milestones, and how it ends."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from intake import actions as intake
from migwork import repeats
from migwork.errors import NotNow
from pathways import actions
from pathways.models import AccompaniedPath, IdeaSheet
from pathways.queries import paths as queries
from pathways.queries.ventures import mark_of


@pytest.fixture
def today(now):
    return timezone.localdate(now)


@pytest.fixture
def path(participation, young_person, now):
    sheet = actions.begin_idea(participation=participation, title="Riparo bici", by=young_person.user, now=now)
    return sheet.path


def write(path, part, text, by, now, seen=""):
    return actions.write_part(path=path, part=part, text=text, seen=mark_of(seen), by=by, now=now)


def mentored(path, mentor, operator, now):
    membership = next(row for row in queries.companions(path) if row.user_id == mentor.pk)
    actions.hand_path(path=path, membership=membership, by=operator, now=now)
    return AccompaniedPath.objects.get(pk=path.pk)


def test_idea_sheet_grows(path, participation, young_person, operator, partner_staff, now, as_user):
    young = young_person.user
    with pytest.raises(NotNow):  # one idea at a time
        actions.begin_idea(participation=participation, title="Altra idea", by=young, now=now)
    write(path, "problem", "Le bici restano rotte in cortile.", young, now)
    with pytest.raises(NotNow):  # three parts first
        actions.move_path(path=path, verb="choose", by=operator, now=now)
    mentored(path, partner_staff, operator, now)
    write(path, "customers", "Chi abita nelle case popolari.", partner_staff, now)
    write(path, "value", "Riparo sul posto.", young, now)
    # Two write the same part at once: nobody's words are lost.
    with pytest.raises(NotNow):
        write(path, "value", "Riparo in un'ora.", partner_staff, now, seen="")
    write(path, "value", "Riparo in un'ora.", partner_staff, now, seen="Riparo sul posto.")
    assert IdeaSheet.objects.get().value == "Riparo in un'ora."
    actions.move_path(path=path, verb="choose", by=operator, now=now)
    page = as_user(young).get(reverse("pathways:my-venture")).content.decode()
    assert "3 parti su 6" in page


def test_a_refused_part_shows_both(path, young_person, operator, now, as_user):
    address = reverse("pathways:idea-part", args=[path.pk, "value"])
    write(path, "value", "Riparo sul posto.", operator, now)
    answer = as_user(young_person.user).post(address, {"text": "Costa poco.", "seen": mark_of("")})
    page = answer.content.decode()
    assert "Riparo sul posto." in page
    assert "Costa poco." in page
    assert mark_of("Riparo sul posto.") in page


def test_mentoring_talk(path, operator, partner_staff, other_partner_staff, young_person, city, today, now, as_user):
    with pytest.raises(PermissionDenied):
        actions.note_talk(path=path, kind="talk", at=now, said="Ciao", by=partner_staff, now=now)
    mentored(path, partner_staff, operator, now)
    talk = actions.note_talk(
        path=path,
        kind="talk",
        at=now,
        said="Parti da due cortili.",
        tasks=["Chiedere a tre amministratori", "Contare i pezzi"],
        due_on=today + timedelta(days=14),
        by=partner_staff,
        now=now,
    )
    assert {step.title for step in talk.steps.all()} == {"Chiedere a tre amministratori", "Contare i pezzi"}
    page = as_user(young_person.user).get(reverse("pathways:my-venture")).content.decode()
    assert "Parti da due cortili." in page
    assert as_user(other_partner_staff).get(reverse("pathways:path-detail", args=[path.pk])).status_code == 404
    # An operator who publishes hours is booked by a link to them.
    mentored(path, operator, operator, now)
    intake.publish_availability(
        organisation=city,
        operator=operator,
        rule=repeats.weekly(repeats.WEEKDAYS, 1),
        opens_at=time(10),
        closes_at=time(11),
        minutes=30,
        first_day=today + timedelta(days=1),
        last_day=today + timedelta(days=14),
        mode="place",
        place="Informagiovani",
        by=operator,
        now=now,
    )
    page = as_user(young_person.user).get(reverse("pathways:my-venture")).content.decode()
    assert "/prenota/plan_review/" in page


def test_milestones(path, young_person, operator, partner_staff, today, now):
    codes = {step.code for step in path.steps.filter(kind="milestone")}
    assert codes == {"customers", "trial", "numbers", "legal_form", "first_sale"}
    step = path.steps.get(code="customers")
    actions.change_step(step=step, done=False, due_on=today + timedelta(days=3), by=young_person.user, now=now)
    assert actions.remind_of_paths(now=now) == 1
    actions.tick_step(step=step, done=True, by=young_person.user, now=now)
    step.refresh_from_db()
    assert (step.done_on, step.done_by) == (today, young_person.user)
    with pytest.raises(PermissionDenied):
        actions.tick_step(step=step, done=False, by=partner_staff, now=now)
    with pytest.raises(PermissionDenied):  # hers to tick, the mentor's to take off
        actions.drop_step(step=path.steps.get(code="trial"), by=partner_staff, now=now)


@pytest.mark.parametrize(
    ("outcome", "reason"), [("vat_number", ""), ("company", ""), ("employed", ""), ("dropped", "money")]
)
def test_outcomes(path, partner_staff, operator, young_person, today, now, outcome, reason):
    mentored(path, partner_staff, operator, now)
    with pytest.raises(PermissionDenied):
        actions.end_path(path=path, outcome=outcome, reason=reason, on=today, by=young_person.user, now=now)
    with pytest.raises(NotNow):
        actions.end_path(path=path, outcome="dropped", on=today, by=partner_staff, now=now)
    with pytest.raises(NotNow):
        actions.end_path(path=path, outcome="enrolled", on=today, by=partner_staff, now=now)
    ended = actions.end_path(path=path, outcome=outcome, reason=reason, on=today, by=partner_staff, now=now)
    assert (ended.state, ended.outcome, ended.reason, ended.outcome_on) == ("ended", outcome, reason, today)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccompaniedPath.objects.filter(pk=path.pk).update(outcome="enrolled", reason="")


def test_when_the_mentor_leaves(path, partner, partner_staff, partner_admin, operator, now):
    mentored(path, partner_staff, operator, now)
    assert actions.what_companion_holds(user=partner_staff, organisation=partner)[0][1] == 1
    actions.pass_on_paths(user=partner_staff, organisation=partner, to=partner_admin, by=partner_admin, now=now)
    path.refresh_from_db()
    assert path.companion == partner_admin
