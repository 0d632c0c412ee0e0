"""Every write about people and their accounts."""

from accounts.actions.identity import enter_by_eid, link_eid, set_fiscal_code, sign_up_by_eid, unlink_eid
from accounts.actions.merging import merge, undo_merge
from accounts.actions.people import (
    CORRECTABLE,
    add_member,
    correct_person,
    forget_sign_up,
    register_person,
    send_sign_up_code,
    set_phone,
    sign_up,
)
from accounts.actions.representatives import (
    add_representative,
    ask_consent,
    check_identity,
    decide,
    end_representation,
    hand_over_at_18,
    load_purposes,
    make_letter,
    send_again,
    set_safe_contact,
)
from accounts.actions.staff import note_factor

__all__ = [
    "CORRECTABLE",
    "add_member",
    "add_representative",
    "ask_consent",
    "check_identity",
    "correct_person",
    "decide",
    "end_representation",
    "enter_by_eid",
    "forget_sign_up",
    "hand_over_at_18",
    "link_eid",
    "load_purposes",
    "make_letter",
    "merge",
    "note_factor",
    "register_person",
    "send_again",
    "send_sign_up_code",
    "set_fiscal_code",
    "set_phone",
    "set_safe_contact",
    "sign_up",
    "sign_up_by_eid",
    "undo_merge",
    "unlink_eid",
]
