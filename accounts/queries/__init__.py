"""Reads about people."""

from accounts.queries.duplicates import Hint, possible_duplicates
from accounts.queries.merging import merge_preview, merges_about, obstacles
from accounts.queries.people import everybody_who_is, find_people, ids_of, reach

__all__ = [
    "Hint",
    "everybody_who_is",
    "find_people",
    "ids_of",
    "merge_preview",
    "merges_about",
    "obstacles",
    "possible_duplicates",
    "reach",
]
