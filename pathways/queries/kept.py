"""Searches that young people keep: what they look for, and what is new since they last heard."""

from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from migwork.signed import SignedKey
from pathways.models import KeptSearch, Opportunity, Run
from pathways.queries import catalogue
from pathways.queries.wanted import Wanted
from pathways.queries.words import asked

MOST = 10
# Of one search so many are told; the rest is found behind its link.
TOLD = 5
_key = SignedKey("pathways.kept-search")


def token_of(search: KeptSearch) -> str:
    """What stands in the address of a message: the search, signed by the portal."""
    return _key.token(search.pk)


def key_in(token: str) -> UUID | None:
    """The key of the search that this token stands for; None for one that the portal did not write."""
    return _key.key(token)


def lasting(wanted: Wanted) -> Wanted:
    """What is kept of a search: when something begins and what lies near does not count, one hears of all new dates."""
    return replace(wanted, when="", near=None, after="", action="")


def query_of(wanted: Wanted) -> str:
    """What is kept of a search as it stands in an address; "" for one that leaves nothing out."""
    return urlsplit(lasting(wanted).address()).query


def wanted_of(search: KeptSearch) -> Wanted:
    return Wanted.read(QueryDict(search.query))


def in_words(wanted: Wanted, on: date) -> str:
    """What a search looks for: «barman» · Learn a trade · Municipio 3."""
    words = [_("“%(words)s”") % {"words": wanted.q}] if wanted.q else []
    return " · ".join([*words, *(str(label) for label, _url in catalogue.chips(wanted, on))])


def searches_of(person, on: date) -> list[KeptSearch]:
    """What somebody keeps, each with `in_words` and `url`: all, for two records made one may keep more. One query."""
    rows = list(KeptSearch.objects.filter(person=person))
    for row in rows:
        wanted = wanted_of(row)
        row.in_words, row.url = in_words(wanted, on), wanted.address()
    return rows


def new_since(wanted: Wanted, since: datetime, on: date) -> list[Opportunity]:
    """What answers, can still be asked for, and was published or got new dates since; what begins first comes first."""
    conditions = catalogue.conditions_of(wanted, on, asked(wanted.q, wanted.exact) if wanted.q else None)
    if conditions is None:
        return []
    dates = Run.objects.open_on(on).filter(opportunity=OuterRef("pk"), planned_at__gt=since)
    rows = catalogue.matching(**{**conditions, "open_on": on})
    rows = rows.filter(Q(published_at__gt=since) | Exists(dates)).in_order()
    return list(rows.only("slug", "title", "place", "next_start_on")[: TOLD + 1])
