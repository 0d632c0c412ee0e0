"""Every write of this room. Keyword-only, with the actor `by` and the clock `now`.

Rows are locked in one order: a minor's consents, the run, then enrolments, then (by intake) the
participation and its plan. So no two of these actions wait for each other.
"""

from pathways.actions.attendance import (
    complete_enrolment,
    complete_run,
    fail_enrolment,
    record_attendance,
)
from pathways.actions.catalogue import (
    cancel_run,
    change_state,
    plan_run,
    refresh_next_starts,
    remove_session,
    renew_search,
    save_opportunity,
    set_places,
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
from pathways.actions.enrolment import enrol, give_back_unsigned, leave, remind_signers, withdraw

__all__ = [
    "ask_certificates",
    "cancel_run",
    "change_state",
    "complete_enrolment",
    "complete_run",
    "enrol",
    "fail_enrolment",
    "give_back_unsigned",
    "issue_certificate",
    "leave",
    "make_certificates",
    "plan_run",
    "record_attendance",
    "record_tests",
    "refresh_next_starts",
    "reissue_certificate",
    "remind_signers",
    "remove_session",
    "renew_search",
    "retry_certificates",
    "revoke_certificate",
    "save_opportunity",
    "set_certificate_rule",
    "set_places",
    "withdraw",
]
