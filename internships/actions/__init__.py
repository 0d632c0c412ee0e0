"""Every write on hosts and internships. Keyword-only, with the actor `by` and the clock `now`.

Rows are locked in one order: the person's participation, then the internship, then what belongs to it.
"""

from internships.actions.hosts import add_tutor, add_unit, save_host
from internships.actions.internships import EVENTS, move, open_internship
from internships.actions.register import hours_attended, record_day, record_days
from internships.actions.rule_sets import change_rule_set, draft_from, load_rule_sets
from internships.actions.tutors import pass_on_internships, promoter_members, what_tutor_holds

__all__ = [
    "EVENTS",
    "add_tutor",
    "add_unit",
    "change_rule_set",
    "draft_from",
    "hours_attended",
    "load_rule_sets",
    "move",
    "open_internship",
    "pass_on_internships",
    "promoter_members",
    "record_day",
    "record_days",
    "save_host",
    "what_tutor_holds",
]
