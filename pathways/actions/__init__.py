"""Every write of this room. Keyword-only, with the actor `by` and the clock `now`.

Rows are locked in one order: a minor's consents, the run, then enrolments, then (by intake) the
participation and its plan. So no two of these actions wait for each other.
"""

from pathways.actions.assessments import answer_assessment, ask_about_activities, skip_assessment
from pathways.actions.attendance import Mark, MarkedMeanwhile, Tap, close_list, mark_by_phone, record_attendance
from pathways.actions.catalogue import (
    change_state,
    refresh_next_starts,
    renew_search,
    save_opportunity,
)
from pathways.actions.certificates import (
    ask_certificates,
    issue_certificate,
    make_certificates,
    record_tests,
    reissue_certificate,
    retry_certificates,
    revoke_certificate,
    set_certificate_rule,
)
from pathways.actions.check_in import check_in
from pathways.actions.completion import complete_enrolment, complete_run, fail_enrolment
from pathways.actions.enrolment import (
    accept_offer,
    decline_offer,
    enrol,
    give_back_unsigned,
    lapse_offers,
    leave,
    remind_signers,
    withdraw,
)
from pathways.actions.freshness import check_activity, keep_catalogue_fresh
from pathways.actions.friends import end_friend_link, make_friend_link
from pathways.actions.groups import Line, enrol_together
from pathways.actions.heads import count_heads
from pathways.actions.imports import import_activities
from pathways.actions.modules import (
    arrange_modules,
    change_module_path,
    enrol_in_modules,
    save_module_path,
)
from pathways.actions.moving import move_enrolment
from pathways.actions.path_reminders import answer_check, remind_of_paths
from pathways.actions.path_talks import arrange_talk, call_off_talk, note_talk
from pathways.actions.paths import (
    add_step,
    begin_path,
    change_step,
    drop_step,
    end_path,
    hand_path,
    move_path,
    pass_on_paths,
    reopen_path,
    tick_step,
    what_companion_holds,
)
from pathways.actions.runs import (
    cancel_run,
    copy_run,
    free_place,
    give_place,
    pause_run,
    plan_run,
    replan_run,
    resume_run,
    set_places,
)
from pathways.actions.sessions import (
    add_sessions,
    change_session,
    name_for_all,
    remove_session,
    tell_session_changes,
)
from pathways.actions.stays import plan_stay, say_what_was_learnt, turn_into_skill
from pathways.actions.study import add_option, change_option, choose_option, drop_option
from pathways.actions.suggestions import (
    KEPT_MONTHS,
    choose_what_is_used,
    keep_search,
    stop_search,
    tell_of_news,
)
from pathways.actions.synonyms import remove_synonyms, save_synonyms
from pathways.actions.trainers import keep_room, keep_trainer
from pathways.actions.translations import remove_translation, save_translation
from pathways.actions.ventures import begin_idea, name_idea, write_part
from pathways.actions.words import renew_words

__all__ = [
    "KEPT_MONTHS",
    "Line",
    "Mark",
    "MarkedMeanwhile",
    "Tap",
    "accept_offer",
    "add_option",
    "add_sessions",
    "add_step",
    "answer_assessment",
    "answer_check",
    "arrange_modules",
    "arrange_talk",
    "ask_about_activities",
    "ask_certificates",
    "begin_idea",
    "begin_path",
    "call_off_talk",
    "cancel_run",
    "change_module_path",
    "change_option",
    "change_session",
    "change_state",
    "change_step",
    "check_activity",
    "check_in",
    "choose_option",
    "choose_what_is_used",
    "close_list",
    "complete_enrolment",
    "complete_run",
    "copy_run",
    "count_heads",
    "decline_offer",
    "drop_option",
    "drop_step",
    "end_friend_link",
    "end_path",
    "enrol",
    "enrol_in_modules",
    "enrol_together",
    "fail_enrolment",
    "free_place",
    "give_back_unsigned",
    "give_place",
    "hand_path",
    "import_activities",
    "issue_certificate",
    "keep_catalogue_fresh",
    "keep_room",
    "keep_search",
    "keep_trainer",
    "lapse_offers",
    "leave",
    "make_certificates",
    "make_friend_link",
    "mark_by_phone",
    "move_enrolment",
    "move_path",
    "name_for_all",
    "name_idea",
    "note_talk",
    "pass_on_paths",
    "pause_run",
    "plan_run",
    "plan_stay",
    "record_attendance",
    "record_tests",
    "refresh_next_starts",
    "reissue_certificate",
    "remind_of_paths",
    "remind_signers",
    "remove_session",
    "remove_synonyms",
    "remove_translation",
    "renew_search",
    "renew_words",
    "reopen_path",
    "replan_run",
    "resume_run",
    "retry_certificates",
    "revoke_certificate",
    "save_module_path",
    "save_opportunity",
    "save_synonyms",
    "save_translation",
    "say_what_was_learnt",
    "set_certificate_rule",
    "set_places",
    "skip_assessment",
    "stop_search",
    "tell_of_news",
    "tell_session_changes",
    "tick_step",
    "turn_into_skill",
    "what_companion_holds",
    "withdraw",
    "write_part",
]
