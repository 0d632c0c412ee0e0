"""A plan that was agreed, for journeys that begin after that."""

from datetime import timedelta

from django.utils import timezone

from intake import actions


def agreed_plan(participation, operator, user, now):
    """One goal with two errands, agreed by both."""
    by = {"by": operator, "now": now}
    today = timezone.localdate(now)
    actions.receive(
        participation=participation,
        channel="walk_in",
        sent_by="",
        need="Un lavoro",
        information_given="",
        next_step="Il progetto",
        **by,
    )
    plan = actions.start_plan(participation=participation, **by)
    goal = actions.add_goal(plan=plan, title="Lavorare in un bar", **by)
    for title, days in (("Scrivere il curriculum", 7), ("Chiedere alla zia", 9)):
        actions.add_action(goal=goal, title=title, kind="errand", due_on=today + timedelta(days=days), **by)
    actions.propose_plan(plan=plan, review_on=today + timedelta(days=60), **by)
    return actions.agree_plan(plan=plan, by=user, now=now)
