"""Reads about people."""

from accounts.queries.duplicates import Hint, possible_duplicates
from accounts.queries.eid import account_to_prove
from accounts.queries.merging import merge_preview, merges_about, merges_into, obstacles
from accounts.queries.openings import acting_as
from accounts.queries.people import everybody_who_is, find_people, ids_of, merged_into, people_not_reached, reach
from accounts.queries.representatives import (
    asked_of_representatives,
    blocked_by_consent,
    consent_gap,
    consent_of,
    consent_rows,
    in_words,
    live_representations,
    sentence_of,
    shown_for_signing,
    signing_for,
    to_confirm,
    unsigned,
    waiting_for_others,
)
from accounts.queries.sharing import Shared, notice_is_new
from accounts.queries.staff import (
    colleagues_of,
    digest_of,
    free_code,
    held_by,
    invitation_by,
    like_roles,
    live_invitations,
    members_table,
    organisations_managed_by,
)

__all__ = [
    "Hint",
    "Shared",
    "account_to_prove",
    "acting_as",
    "asked_of_representatives",
    "blocked_by_consent",
    "colleagues_of",
    "consent_gap",
    "consent_of",
    "consent_rows",
    "digest_of",
    "everybody_who_is",
    "find_people",
    "free_code",
    "held_by",
    "ids_of",
    "in_words",
    "invitation_by",
    "like_roles",
    "live_invitations",
    "live_representations",
    "members_table",
    "merge_preview",
    "merged_into",
    "merges_about",
    "merges_into",
    "notice_is_new",
    "obstacles",
    "organisations_managed_by",
    "people_not_reached",
    "possible_duplicates",
    "reach",
    "sentence_of",
    "shown_for_signing",
    "signing_for",
    "to_confirm",
    "unsigned",
    "waiting_for_others",
]
