"""Every write on hosts and internships. Keyword-only, with the actor `by` and the clock `now`.

Rows are locked in one order: the person's participation, then the internship, then what belongs to it.
"""

from internships.actions.allowance import compute_allowances, give_account, set_terms, step_allowances
from internships.actions.amendments import change_host_tutor, change_hours, change_promoter_tutor, change_site, extend
from internships.actions.help import close_concern, note_certificate, raise_concern, report_accident
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
from internships.actions.reminders import remind_of_todos
from internships.actions.rule_sets import change_rule_set, draft_from, load_rule_sets
from internships.actions.rules import enforce
from internships.actions.safety import missing_evidence, record_assessment, record_evidence, safety_list
from internships.actions.suspensions import follow_suspensions, resume, suspend
from internships.actions.timetable import set_timetable
from internships.actions.todos import do_todo, undo_todo
from internships.actions.tutors import pass_on_internships, promoter_members, what_tutor_holds
from internships.actions.visits import drop_visit, plan_visit, record_visit
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
    "change_host_tutor",
    "change_hours",
    "change_promoter_tutor",
    "change_rule_set",
    "change_site",
    "change_tutor",
    "change_unit",
    "close_concern",
    "close_month",
    "compute_allowances",
    "confirm_days",
    "confirm_month",
    "dispute_day",
    "do_todo",
    "draft_from",
    "drop_visit",
    "enforce",
    "extend",
    "follow_suspensions",
    "give_account",
    "hours_attended",
    "last_of",
    "load_rule_sets",
    "missing_days",
    "missing_evidence",
    "move",
    "not_here_today",
    "note_certificate",
    "open_internship",
    "pass_on_internships",
    "plan_visit",
    "promoter_members",
    "raise_concern",
    "record_assessment",
    "record_day",
    "record_days",
    "record_evidence",
    "record_visit",
    "remind_of_todos",
    "remove_proof",
    "report_accident",
    "resume",
    "revoke_host_link",
    "safety_list",
    "save_host",
    "say_day",
    "send_host_link",
    "set_terms",
    "set_timetable",
    "settle_days",
    "step_allowances",
    "suspend",
    "undo_todo",
    "what_tutor_holds",
    "why_not_closed",
    "write_note",
]
