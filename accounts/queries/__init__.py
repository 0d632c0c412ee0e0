"""Reads about people."""

from accounts.queries.duplicates import Hint, possible_duplicates
from accounts.queries.eid import account_to_prove
from accounts.queries.merging import merge_preview, merges_about, obstacles
from accounts.queries.people import everybody_who_is, find_people, ids_of, reach
from accounts.queries.representatives import (
    blocked_by_consent,
    consent_gap,
    consent_of,
    consent_rows,
    in_words,
    live_representations,
    sentence_of,
    shown_for_signing,
    to_confirm,
)

__all__ = [
    "Hint",
    "account_to_prove",
    "blocked_by_consent",
    "consent_gap",
    "consent_of",
    "consent_rows",
    "everybody_who_is",
    "find_people",
    "ids_of",
    "in_words",
    "live_representations",
    "merge_preview",
    "merges_about",
    "obstacles",
    "possible_duplicates",
    "reach",
    "sentence_of",
    "shown_for_signing",
    "to_confirm",
]
