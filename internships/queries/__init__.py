"""Reads for the pages of internships, each in a constant number of queries."""

from internships.queries.board import MANY, Filters, Group, Row, board, page_of_state, promoters, scope, waiting_rows
from internships.queries.hosts import find_hosts, host_of, host_rows, recent_hosts
from internships.queries.internships import (
    can_be_served,
    internships_of,
    plain,
    referrals_of,
    register,
    story,
    whole,
)
from internships.queries.places import host_story, places_of, warnings_of
from internships.queries.rules import facts_of, findings_of, override_rows, overrides_of, rules_of, typed

__all__ = [
    "MANY",
    "Filters",
    "Group",
    "Row",
    "board",
    "can_be_served",
    "facts_of",
    "find_hosts",
    "findings_of",
    "host_of",
    "host_rows",
    "host_story",
    "internships_of",
    "override_rows",
    "overrides_of",
    "page_of_state",
    "places_of",
    "plain",
    "promoters",
    "recent_hosts",
    "referrals_of",
    "register",
    "rules_of",
    "scope",
    "story",
    "typed",
    "waiting_rows",
    "warnings_of",
    "whole",
]
