"""Where later rooms show their part of a person's way; registered in their AppConfig.ready()."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from migwork.hooks import Hook

file_sections = Hook(
    """fn(participation, user) -> {"title", "template", "context"} or None.

    A section of the person's file, shown under "Activities". Constant queries.
    """
)
action_links = Hook(
    """fn(actions: list[PlanAction], user) -> {action pk: [{"label", "url", "state"}]}.

    What belongs to each action of a plan: the enrolment, the internship, where to
    find one. Constant queries whatever the number of actions; "url" may be empty.
    """
)
next_steps = Hook(
    """fn(participation, now) -> list of {"at": datetime or date, "title", "detail", "url", "label"}.

    What comes next for a young person; their home and plan show the earliest. One with "is_first" goes before all that
    can still be done later; one may bring its own "when" in words.
    """
)
way_marks = Hook(
    """fn(participation, now) -> {"has_…": condition}.

    Whether somebody's way has anything of a later room; `participation` is its key in the query that reads the way.
    The person's own pages ask it by `may_have`: whom it does not concern costs no read.
    """
)
beside_plan = Hook(
    """fn(participation) -> list of {"title", "url", "hint", "state", "kind"}, as task_list draws them.

    What goes on beside the plan; the young person's plan shows it. One query.
    """
)
referral_links = Hook(
    """fn(referral, user) -> list of {"label", "url"}.

    What the partner can do next for a referred person, or has done. Shown on the referral.
    """
)


@dataclass(frozen=True)
class Achieved:
    """Something that somebody completed with us. `kind` is "course", or "internship" for all that is like work.

    `certificate` is the number of its certificate, if there is one, and `url` where it lies for whoever looks.
    """

    kind: str
    title: str
    place: str
    began: date
    ended: date
    hours: Decimal
    certificate: str = ""
    url: str = ""


achievements = Hook(
    """fn(person) -> list of Achieved.

    What the person completed, in every edition; it stands in their CV and among all that they achieved. One query.
    """
)
