"""What a plan is for, and what is different when one is asked to agree again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from intake import actions, queries
from intake.models import PlanSignature
from migwork.errors import NotNow


def again(plan, operator, now, days=90):
    return actions.propose_plan(plan=plan, review_on=now.date() + timedelta(days=days), by=operator, now=now)


def shown(plan):
    plan.refresh_from_db()
    found = queries.plan_changes(plan)
    return [(str(change.mark), change.title, *change.lines) for change in found.changes]


def test_a_change_is_read_before_it_is_agreed(as_user, agreed, goal, action, operator, young_person, now):
    """New, changed from what to what, taken out: on the page on which one agrees again, and nothing that stayed."""
    kept = actions.add_action(
        goal=goal,
        title="Andare all’open day",
        kind="errand",
        due_on=now.date() + timedelta(days=9),
        by=operator,
        now=now,
    )
    again(agreed, operator, now)
    actions.agree_plan(plan=agreed, version=2, by=young_person.user, now=now)
    out = actions.drop_action(action=kept, by=operator, now=now)
    values = {"title": "Scrivere il curriculum europeo", "kind": "errand", "hours_planned": 3}
    actions.change_action(action=action, due_on=action.due_on + timedelta(days=18), **values, by=operator, now=now)
    other = actions.add_goal(plan=agreed, title="Andare a vivere da solo", project="life", by=operator, now=now)
    due_on = now.date() + timedelta(days=30)
    actions.add_action(goal=other, title="Cercare una stanza", kind="errand", due_on=due_on, by=operator, now=now)
    again(agreed, operator, now, days=100)
    assert shown(agreed) == [
        ("new", "Andare a vivere da solo"),
        (
            "changed",
            "Scrivere il curriculum europeo",
            "“Scrivere il curriculum” → “Scrivere il curriculum europeo”",
            "entro 12 maggio → 30 maggio",
            "2 → 3 ore",
        ),
        ("new", "Cercare una stanza", "entro 4 giugno"),
        ("out", out.title),
        ("changed", "Il giorno in cui lo riguardiamo", "3 agosto → 13 agosto"),
    ]
    page = as_user(young_person.user).get(reverse("intake:plan-agree", args=[agreed.pk])).content.decode()
    assert "entro 12 maggio → 30 maggio" in page
    assert "Che cosa cambia dal progetto del 5 maggio" in page


def test_it_is_compared_with_what_was_agreed_not_with_what_was_only_proposed(
    agreed, action, operator, young_person, now
):
    values = {"title": action.title, "kind": "errand", "hours_planned": 2}
    for days in (1, 2):  # a second version, never agreed, then a third
        due_on = action.due_on + timedelta(days=days)
        action = actions.change_action(action=action, due_on=due_on, **values, by=operator, now=now)
        again(agreed, operator, now)
    agreed.refresh_from_db()
    assert agreed.version == 3
    assert shown(agreed) == [("changed", action.title, "entro 12 maggio → 15 maggio")]


def test_the_first_version_has_nothing_to_compare_with(proposed):
    assert queries.plan_changes(proposed) is None


def test_signatures_from_before_contents_were_kept_show_no_false_difference(agreed, goal, operator, now):
    PlanSignature.objects.update(content=None)
    actions.change_goal(goal=goal, title="Altro", project="life", by=operator, now=now)
    agreed.refresh_from_db()
    assert queries.plan_changes(agreed) is None


def test_goals_hang_on_a_project(as_user, proposed, goal, operator, young_person, now):
    """In the person's own words, on top of the plan of both; each goal says what it is for."""
    desk = as_user(operator)
    words = {"professional": "Voglio lavorare tra la gente", "life": ""}
    desk.post(reverse("intake:plan-project", args=[proposed.participation_id]), words)
    desk.post(reverse("intake:goal-edit", args=[goal.pk]), {"title": goal.title, "project": "life"})
    proposed.refresh_from_db()
    assert (proposed.state, proposed.version) == ("draft", 2)
    again(proposed, operator, now)
    phone = as_user(young_person.user)
    page = phone.get(reverse("intake:plan-agree", args=[proposed.pk])).content.decode()
    assert page.index("Voglio lavorare tra la gente") < page.index("Il mio progetto di vita") < page.index(goal.title)
    file = desk.get(reverse("intake:person-file", args=[proposed.participation_id]) + "?s=piano").content.decode()
    assert "Voglio lavorare tra la gente" in file
    actions.agree_plan(plan=proposed, by=young_person.user, now=now)
    assert "“Voglio lavorare tra la gente”" in PlanSignature.objects.filter(as_operator=False).get().wording


def test_ones_own_words_need_nobodys_yes(as_user, agreed, young_person, other_young_person, now):
    phone = as_user(young_person.user)
    phone.post(reverse("intake:my-project"), {"professional": "", "life": "Vivere da solo"})
    agreed.refresh_from_db()
    assert (agreed.state, agreed.version, agreed.life_project) == ("agreed", 1, "Vivere da solo")
    assert "Vivere da solo" in phone.get(reverse("intake:my-plan")).content.decode()
    with pytest.raises(PermissionDenied):
        actions.write_project(plan=agreed, professional="x", life="", by=other_young_person.user, now=now)


def test_nobody_changes_what_lies_open_to_be_signed(proposed, young_person, now):
    with pytest.raises(NotNow):
        actions.write_project(plan=proposed, professional="x", life="", by=young_person.user, now=now)
