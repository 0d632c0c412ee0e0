"""Every write about people and their accounts."""

from accounts.actions.identity import set_fiscal_code
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
from accounts.actions.staff import note_factor

__all__ = [
    "CORRECTABLE",
    "add_member",
    "correct_person",
    "forget_sign_up",
    "merge",
    "note_factor",
    "register_person",
    "send_sign_up_code",
    "set_fiscal_code",
    "set_phone",
    "sign_up",
    "undo_merge",
]
