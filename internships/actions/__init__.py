"""Every write on hosts, internships and their papers. Keyword-only, with the actor `by` and the clock `now`.

Rows are locked in one order: a request for signatures, the person's participation, then the internship, then what
belongs to it.
"""

from internships.actions.agreements import (
    draft_agreement,
    end_agreement,
    send_agreement,
    sign_agreement_outside,
    take_agreement_back,
)
from internships.actions.allowance import compute_allowances, give_account, set_terms, step_allowances
from internships.actions.amendments import change_host_tutor, change_hours, change_promoter_tutor, change_site, extend
from internships.actions.applications import send_application, withdraw_application, write_application
from internships.actions.choosing import close_applications, invite, shortlist, shortlist_all, take, turn_down
from internships.actions.early_end import GROUNDS, end_early
from internships.actions.ends import (
    attended_share,
    check_attended,
    issue_attestation,
    make_dossier,
    withdraw_attestation,
)
from internships.actions.evaluations import (
    answer_evaluation,
    ask_evaluations,
    finish_evaluation,
    remind_evaluations,
    send_evaluation_again,
)
from internships.actions.help import close_concern, note_certificate, raise_concern, report_accident
from internships.actions.host_answers import answer_by_link, ask_host_about, renew_host_link, take_host_link_back
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
from internships.actions.links import remind_host, revoke_host_link, send_host_link
from internships.actions.my_days import add_proof, remove_proof, say_day, write_note
from internships.actions.offers import save_offer
from internships.actions.outcomes import answer_later, ask_later, is_past, later_from, note_later, record_outcome
from internships.actions.projects import (
    ask_for_change,
    ask_for_change_by_link,
    ask_host,
    finish,
    give_back,
    write_for_intern,
    write_host,
    write_intern,
    write_promoter,
)
from internships.actions.register import amend_day, hours_attended, record_day, record_days, settle_days
from internships.actions.reminders import remind_of_todos
from internships.actions.response_clock import forget_old_applications, watch_applications
from internships.actions.rule_sets import change_rule_set, draft_from, load_rule_sets
from internships.actions.rules import enforce
from internships.actions.safety import missing_evidence, record_assessment, record_evidence, safety_list
from internships.actions.signatures import (
    send_again,
    send_project,
    sign_outside,
    take_answer,
    take_paper,
    take_project_back,
)
from internships.actions.signers import add_signer, check_intern, check_school, check_signer, end_signer
from internships.actions.suspensions import follow_suspensions, resume, suspend
from internships.actions.templates import load_papers, publish_template, save_template
from internships.actions.timetable import Slot, set_timetable
from internships.actions.todos import do_todo, undo_todo
from internships.actions.together import Outcome, Together, do_together
from internships.actions.tutors import pass_on_internships, what_tutor_holds
from internships.actions.visits import drop_visit, plan_visit, record_visit
from internships.actions.writing import BEGUN, Tap
from internships.queries.members import members_of, promoter_members

__all__ = [
    "BEGUN",
    "EVENTS",
    "GROUNDS",
    "Outcome",
    "Slot",
    "Tap",
    "Together",
    "add_proof",
    "add_signer",
    "add_tutor",
    "add_unit",
    "amend_day",
    "answer_by_link",
    "answer_evaluation",
    "answer_later",
    "ask_evaluations",
    "ask_for_change",
    "ask_for_change_by_link",
    "ask_host",
    "ask_host_about",
    "ask_later",
    "attended_share",
    "change_host",
    "change_host_tutor",
    "change_hours",
    "change_promoter_tutor",
    "change_rule_set",
    "change_site",
    "change_tutor",
    "change_unit",
    "check_attended",
    "check_intern",
    "check_school",
    "check_signer",
    "close_applications",
    "close_concern",
    "close_month",
    "compute_allowances",
    "confirm_days",
    "confirm_month",
    "dispute_day",
    "do_todo",
    "do_together",
    "draft_agreement",
    "draft_from",
    "drop_visit",
    "end_agreement",
    "end_early",
    "end_signer",
    "enforce",
    "extend",
    "finish",
    "finish_evaluation",
    "follow_suspensions",
    "forget_old_applications",
    "give_account",
    "give_back",
    "hours_attended",
    "invite",
    "is_past",
    "issue_attestation",
    "last_of",
    "later_from",
    "load_papers",
    "load_rule_sets",
    "make_dossier",
    "members_of",
    "missing_days",
    "missing_evidence",
    "move",
    "not_here_today",
    "note_certificate",
    "note_later",
    "open_internship",
    "pass_on_internships",
    "plan_visit",
    "promoter_members",
    "publish_template",
    "raise_concern",
    "record_assessment",
    "record_day",
    "record_days",
    "record_evidence",
    "record_outcome",
    "record_visit",
    "remind_evaluations",
    "remind_host",
    "remind_of_todos",
    "remove_proof",
    "renew_host_link",
    "report_accident",
    "resume",
    "revoke_host_link",
    "safety_list",
    "save_host",
    "save_offer",
    "save_template",
    "say_day",
    "send_again",
    "send_agreement",
    "send_application",
    "send_evaluation_again",
    "send_host_link",
    "send_project",
    "set_terms",
    "set_timetable",
    "settle_days",
    "shortlist",
    "shortlist_all",
    "sign_agreement_outside",
    "sign_outside",
    "step_allowances",
    "suspend",
    "take",
    "take_agreement_back",
    "take_answer",
    "take_host_link_back",
    "take_paper",
    "take_project_back",
    "turn_down",
    "undo_todo",
    "watch_applications",
    "what_tutor_holds",
    "why_not_closed",
    "withdraw_application",
    "withdraw_attestation",
    "write_application",
    "write_for_intern",
    "write_host",
    "write_intern",
    "write_note",
    "write_promoter",
]
