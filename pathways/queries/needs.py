"""What else a partner's staff have to see to today, and how soon they answer: for the first page of the workspace."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from accounts.enums import Role
from migwork.links import SLUG, link_to

FEW = 8
# The response clock looks back over a season.
CLOCK_DAYS = 90

# Each of one partner's, and of no other: coordinators see to none of these.
_REFERRALS = """
    SELECT count(*) FILTER (WHERE state = 'sent'), min(answer_by) FILTER (WHERE state = 'sent'),
        count(*) FILTER (WHERE state = 'sent' AND answer_by < %(today)s),
        count(*) FILTER (WHERE state <> 'sent'),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY answered_at - sent_at) FILTER (WHERE state <> 'sent')
    FROM intake_referral
    WHERE organisation_id = ANY(%(mine)s::bigint[])
        AND (state = 'sent' OR state IN ('accepted', 'declined') AND answered_at >= %(since)s)
"""
_OFFERS = f"""
    SELECT run.id, run.starts_on, opportunity.title, count(*)
    FROM pathways_run AS run
    JOIN pathways_opportunity AS opportunity ON opportunity.id = run.opportunity_id
    JOIN pathways_enrolment AS enrolment ON enrolment.run_id = run.id AND enrolment.state = 'offered'
    WHERE run.state IN ('planned', 'running') AND opportunity.organisation_id = ANY(%(mine)s::bigint[])
    GROUP BY run.id, opportunity.id ORDER BY run.starts_on, run.id LIMIT {FEW}
"""  # noqa: S608
_ACTIVITIES = f"""
    SELECT slug, title, state, asked_check_on FROM pathways_opportunity
    WHERE organisation_id = ANY(%(mine)s::bigint[])
        AND (state = 'draft' AND returned_why > '' OR state = 'published' AND asked_check_on IS NOT NULL)
    ORDER BY id LIMIT {FEW}
"""  # noqa: S608


@dataclass
class Needs:
    """`tasks` for the page; `clock` in words, empty where there is nothing to say."""

    tasks: list[dict]
    clock: str


def needs(user, now) -> Needs:
    """Requests to answer, activities sent back or to check, offers that wait; three queries, none for coordinators."""
    mine = user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
    if not mine:
        return Needs([], "")
    today = timezone.localdate(now)
    values = {"mine": mine, "today": today, "since": now - timedelta(days=CLOCK_DAYS)}
    with connection.cursor() as cursor:
        cursor.execute(_REFERRALS, values)
        waiting, answer_by, late, answered, median = cursor.fetchone()
        cursor.execute(_ACTIVITIES, values)
        activities = cursor.fetchall()
        cursor.execute(_OFFERS, values)
        offers = cursor.fetchall()
    tasks = [_to_answer(waiting, answer_by, late)] if waiting else []
    tasks += [_of_activity(*row) for row in activities] + [_offered(*row) for row in offers]
    return Needs(tasks, in_words(answered, median, late))


def _to_answer(waiting, answer_by, late) -> dict:
    words = gettext("the first by %(day)s") % {"day": date_format(answer_by, "l j F")} if answer_by else ""
    return {
        "title": ngettext("%(n)s referral to answer", "%(n)s referrals to answer", waiting) % {"n": waiting},
        "url": reverse("intake:referral-list"),
        "hint": words,
        "kind": "stop" if late else "warn",
        "state": gettext("Late") if late else gettext("To answer"),
    }


def _of_activity(slug, title, state, asked_on) -> dict:
    returned = state == "draft"
    return {
        "title": title,
        "url": link_to("pathways:activity-detail", SLUG)(slug),
        "hint": "" if returned else gettext("asked on %(day)s") % {"day": date_format(asked_on, "j F")},
        "kind": "warn",
        "state": gettext("Came back to be changed") if returned else gettext("Is it still right?"),
    }


def _offered(pk, starts_on, title, count) -> dict:
    return {
        "title": title,
        "url": link_to("pathways:run-detail")(pk),
        "hint": gettext("from %(first)s") % {"first": date_format(starts_on, "j F")},
        "kind": "waiting",
        "state": ngettext("%(n)s offer waits for an answer", "%(n)s offers wait for an answer", count) % {"n": count},
    }


def in_words(answered: int, median: timedelta | None, late: int) -> str:
    """How soon requests are answered, as one says it."""
    said = []
    if answered:
        requests = ngettext("you answered %(n)s request", "you answered %(n)s requests", answered) % {"n": answered}
        said.append(
            gettext("In the last %(days)s days %(requests)s, half of them within %(time)s.")
            % {"days": CLOCK_DAYS, "requests": requests, "time": _time(median)}
        )
    if late:
        said.append(
            ngettext("%(n)s waits beyond its day.", "%(n)s wait beyond their day.", late) % {"n": late}
            if answered
            else ngettext("%(n)s request waits beyond its day.", "%(n)s requests wait beyond their day.", late)
            % {"n": late}
        )
    return " ".join(said)


def _time(median: timedelta) -> str:
    """To the full hour or day, rounded up: it never sounds quicker than it was."""
    hours = max(1, -(-int(median.total_seconds()) // 3600))
    if hours < 24:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = -(-hours // 24)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
