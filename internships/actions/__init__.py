"""Every write on hosts and internships. Keyword-only, with the actor `by` and the clock `now`.

Rows are locked in one order: the person's participation, then the internship, then what belongs to it.
"""

from internships.actions.allowance import compute_allowances, give_account, set_terms, step_allowances
from internships.actions.host_days import (
    close_month,
    confirm_days,
    confirm_month,
    dispute_day,
    last_of,
    missing_days,
    not_here_today,
    why_not_closed,
)
from internships.actions.hosts import add_tutor, add_unit, change_host, change_tutor, change_unit, save_host
from internships.actions.internships import EVENTS, move, open_internship
from internships.actions.links import revoke_host_link, send_host_link
from internships.actions.my_days import add_proof, remove_proof, say_day, write_note
from internships.actions.register import amend_day, hours_attended, record_day, record_days, settle_days
from internships.actions.rule_sets import change_rule_set, draft_from, load_rule_sets
from internships.actions.rules import enforce
from internships.actions.timetable import set_timetable
from internships.actions.tutors import pass_on_internships, promoter_members, what_tutor_holds
from internships.actions.writing import BEGUN, Tap

__all__ = [
    "BEGUN",
    "EVENTS",
    "Tap",
    "add_proof",
    "add_tutor",
    "add_unit",
    "amend_day",
    "change_host",
    "change_rule_set",
    "change_tutor",
    "change_unit",
    "close_month",
    "compute_allowances",
    "confirm_days",
    "confirm_month",
    "dispute_day",
    "draft_from",
    "enforce",
    "give_account",
    "hours_attended",
    "last_of",
    "load_rule_sets",
    "missing_days",
    "move",
    "not_here_today",
    "open_internship",
    "pass_on_internships",
    "promoter_members",
    "record_day",
    "record_days",
    "remove_proof",
    "revoke_host_link",
    "save_host",
    "say_day",
    "send_host_link",
    "set_terms",
    "set_timetable",
    "settle_days",
    "step_allowances",
    "what_tutor_holds",
    "why_not_closed",
    "write_note",
]
