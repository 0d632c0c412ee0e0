"""Every write of the desk. Keyword-only, with the actor `by` and the clock `now`."""

from intake.actions.achievements import print_achievements
from intake.actions.agenda import change_day, end_availability, publish_availability, write_all_slots
from intake.actions.booking import book_slot, cancel_own_appointment, move_appointment
from intake.actions.calendars import choose_news, forget_past_changes, make_feed, revoke_feed, tell_operators
from intake.actions.calls import answer_call, ask_for_call, withdraw_call
from intake.actions.clock import remind_of_referrals
from intake.actions.cv import add_cv_entry, change_cv_entry, remove_cv_entry, write_cv
from intake.actions.earlier import ask_for_earlier, stop_asking_for_earlier, tell_earlier_hours
from intake.actions.evidence import add_evidence, remove_evidence
from intake.actions.feedback import ANSWERED_WITHIN, add_sentence, say_how_it_was
from intake.actions.followup import answer_follow_up, ask_due_follow_ups
from intake.actions.groups import (
    add_to_group,
    create_group,
    drop_from_group,
    forget_old_entries,
    note_presence,
    register_group,
)
from intake.actions.handover import arrange_cover, end_cover, hand_over
from intake.actions.interviews import (
    add_to_interview,
    complete_interview,
    save_interview_section,
    start_interview,
    view_interview_section,
)
from intake.actions.leaving import pass_on_caseload, what_operator_holds
from intake.actions.mediation import arrange_mediator
from intake.actions.notes import correct_note, write_note
from intake.actions.outreach import contact_takes_part, forget_contact, forget_old_contacts, meet_again, note_contacted
from intake.actions.outside import answer_outside, ask_outside_again, refer_outside, take_back_outside, tell_how_it_went
from intake.actions.own_steps import add_own_step, drop_own_step
from intake.actions.paper import print_plan
from intake.actions.participation import (
    check_not_merged,
    end_participation,
    open_participation,
    open_participation_again,
    receive,
    release,
    reopen_participation,
)
from intake.actions.people import save_card, take_down_card
from intake.actions.plan import (
    add_action,
    add_goal,
    add_goal_from_template,
    agree_plan,
    change_action,
    change_goal,
    drop_action,
    drop_goal,
    propose_plan,
    start_plan,
    write_project,
)
from intake.actions.progress import (
    finish_action,
    finish_errand,
    resume_action,
    resume_errand,
    set_action_hours,
    start_action,
)
from intake.actions.queue import (
    call_from_queue,
    forget_past_queues,
    join_queue,
    leave_queue,
    put_back_into_queue,
    receive_from_queue,
    tie_queue_entry,
)
from intake.actions.referrals import answer_referral, entrust_applicant, give_feedback, refer, release_applicant
from intake.actions.reminders import write_due_reminders
from intake.actions.safeguarding import (
    add_to_safeguarding,
    close_safeguarding,
    give_safeguarding,
    move_deadline,
    name_reader,
    open_safeguarding,
    pass_on_safeguarding,
    read_safeguarding,
    remind_of_safeguarding,
    remove_reader,
    what_owner_holds,
)
from intake.actions.saved_views import remove_view, save_view
from intake.actions.skills import SkillEntry, load_skills, note_skill, remove_skill
from intake.actions.summaries import hand_over_summary
from intake.actions.talks import book_appointment, record_outcome
from intake.actions.threads import read_messages, write_message

__all__ = [
    "ANSWERED_WITHIN",
    "SkillEntry",
    "add_action",
    "add_cv_entry",
    "add_evidence",
    "add_goal",
    "add_goal_from_template",
    "add_own_step",
    "add_sentence",
    "add_to_group",
    "add_to_interview",
    "add_to_safeguarding",
    "agree_plan",
    "answer_call",
    "answer_follow_up",
    "answer_outside",
    "answer_referral",
    "arrange_cover",
    "arrange_mediator",
    "ask_due_follow_ups",
    "ask_for_call",
    "ask_for_earlier",
    "ask_outside_again",
    "book_appointment",
    "book_slot",
    "call_from_queue",
    "cancel_own_appointment",
    "change_action",
    "change_cv_entry",
    "change_day",
    "change_goal",
    "check_not_merged",
    "choose_news",
    "close_safeguarding",
    "complete_interview",
    "contact_takes_part",
    "correct_note",
    "create_group",
    "drop_action",
    "drop_from_group",
    "drop_goal",
    "drop_own_step",
    "end_availability",
    "end_cover",
    "end_participation",
    "entrust_applicant",
    "finish_action",
    "finish_errand",
    "forget_contact",
    "forget_old_contacts",
    "forget_old_entries",
    "forget_past_changes",
    "forget_past_queues",
    "give_feedback",
    "give_safeguarding",
    "hand_over",
    "hand_over_summary",
    "join_queue",
    "leave_queue",
    "load_skills",
    "make_feed",
    "meet_again",
    "move_appointment",
    "move_deadline",
    "name_reader",
    "note_contacted",
    "note_presence",
    "note_skill",
    "open_participation",
    "open_participation_again",
    "open_safeguarding",
    "pass_on_caseload",
    "pass_on_safeguarding",
    "print_achievements",
    "print_plan",
    "propose_plan",
    "publish_availability",
    "put_back_into_queue",
    "read_messages",
    "read_safeguarding",
    "receive",
    "receive_from_queue",
    "record_outcome",
    "refer",
    "refer_outside",
    "register_group",
    "release",
    "release_applicant",
    "remind_of_referrals",
    "remind_of_safeguarding",
    "remove_cv_entry",
    "remove_evidence",
    "remove_reader",
    "remove_skill",
    "remove_view",
    "reopen_participation",
    "resume_action",
    "resume_errand",
    "revoke_feed",
    "save_card",
    "save_interview_section",
    "save_view",
    "say_how_it_was",
    "set_action_hours",
    "start_action",
    "start_interview",
    "start_plan",
    "stop_asking_for_earlier",
    "take_back_outside",
    "take_down_card",
    "tell_earlier_hours",
    "tell_how_it_went",
    "tell_operators",
    "tie_queue_entry",
    "view_interview_section",
    "what_operator_holds",
    "what_owner_holds",
    "withdraw_call",
    "write_all_slots",
    "write_cv",
    "write_due_reminders",
    "write_message",
    "write_note",
    "write_project",
]
