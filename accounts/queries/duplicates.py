"""Who may be here already under another spelling: found by indexes, judged word by word."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import YoungPerson
from migwork.db import unprepared_cursor
from migwork.text import sort_key

MOST = 10
# Of names: how alike they must be to be looked at, and to be told without anything else that agrees.
ALIKE, VERY_ALIKE = 0.45, 0.6
# Somebody born on another day is told only when the name is almost the same.
ALMOST_THE_SAME = 0.8
# Letter by letter, of short names with a slip of the pen, in which few trigrams stay whole.
A_SLIP = 0.85
# With the same birth date less is enough: a name that was heard, not read.
HEARD = 0.25

_FIND = """
    SELECT id, sort_key, birth_date, fiscal_code, similarity(sort_key, %(key)s) AS likeness
    FROM accounts_youngperson
    WHERE merged_into_id IS NULL AND ({conditions})
    ORDER BY (fiscal_code <> '' AND fiscal_code = %(code)s) DESC, birth_date IS NOT DISTINCT FROM %(born)s::date DESC,
        likeness DESC, id
    LIMIT 60
"""


@dataclass(frozen=True)
class Hint:
    """Somebody who may be the same person, why, and how sure that is (0 to 100)."""

    person: YoungPerson
    why: list
    score: int

    @property
    def is_strong(self) -> bool:
        """Sure enough to ask before a second record is made."""
        return self.score >= 60


def possible_duplicates(
    *, first_name="", last_name="", birth_date: date | None = None, fiscal_code="", but: UUID | None = None
) -> list[Hint]:
    """Ten people at most who may be the one described, the surest first; `but` is the one they are compared with."""
    key, code = sort_key(last_name, first_name), fiscal_code.strip().upper()
    judged = [
        (score, row[0], why)
        for row in _found(key, birth_date, code)
        if row[0] != but
        for score, why in [_judge(key, birth_date, code, *row[1:])]
        if score
    ]
    judged.sort(key=lambda found: (-found[0], found[1]))
    people = YoungPerson.objects.in_bulk([pk for _score, pk, _why in judged[:MOST]])
    return [Hint(people[pk], why, score) for score, pk, why in judged[:MOST] if pk in people]


def _found(key, birth_date, code):
    """(id, sort key, birth date, code, likeness of the names) of whoever one of the indexes brings up."""
    conditions = []
    # Names of one or two letters are like half of the town.
    if len(key) > 2:
        conditions.append("sort_key %% %(key)s")
    if birth_date and key:
        conditions.append("birth_date = %(born)s AND (similarity(sort_key, %(key)s) > %(heard)s)")
    if code:
        conditions.append("(fiscal_code <> '' AND fiscal_code = %(code)s)")
    if not conditions:
        return []
    values = {"key": key, "code": code, "born": birth_date, "heard": HEARD}
    with transaction.atomic(), unprepared_cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(ALIKE)])
        cursor.execute(_FIND.format(conditions=" OR ".join(conditions)), values)
        return cursor.fetchall()


def _judge(key, birth_date, code, their_key, their_birth_date, their_code, likeness):
    """(how sure from 0 to 100, the reasons in words) of one who was found."""
    score, why = 0, []
    if code and their_code == code:
        score, why = 100, [_("same codice fiscale")]
    same_day = birth_date is not None and their_birth_date == birth_date
    turned = birth_date is not None and _turned(birth_date) == their_birth_date
    very_alike = likeness >= VERY_ALIKE or _letters(key, their_key) >= A_SLIP
    swapped = key != their_key and sorted(key.split()) == sorted(their_key.split())
    if same_day and key == their_key:
        return max(score, 95), [*why, _("same name and birth date")]
    if swapped:
        why.append(_("name and surname swapped"))
    elif key == their_key:
        why.append(_("same name"))
    elif very_alike or (same_day and likeness >= HEARD):
        why.append(_("very similar name") if very_alike else _("similar name"))
    elif not score:
        return 0, []
    if same_day:
        return max(score, 90 if swapped else 60 + int(30 * likeness)), [*why, _("same birth date")]
    if turned:
        return max(score, 60 + int(25 * likeness)), [*why, _("day and month swapped")]
    if birth_date is not None and likeness < ALMOST_THE_SAME:
        return score, why
    return max(score, int(50 * likeness)), why


def _letters(key, their_key) -> float:
    """How alike two names are letter by letter, whichever word comes first."""
    ours, theirs = (" ".join(sorted(name.split())) for name in (key, their_key))
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio()


def _turned(day: date) -> date | None:
    """The date that one gets by writing the month first; None where that is no other date."""
    if day.day > 12 or day.day == day.month:
        return None
    return date(day.year, day.day, day.month)
