"""The list of skills, searched as one types; and the skills of a person."""

import re
from typing import NamedTuple

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Length, StrIndex

from intake.models import PersonSkill, Skill, SkillLabel
from migwork.text import unaccented

SHOWN = 12
# Below, what was found has little to do with what was typed.
ALIKE = 0.45
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 80


class FoundSkill(NamedTuple):
    """A skill that may be the one that was looked for; `also` is the other name by which it was found."""

    key: int
    label: str
    also: str


def search_skills(text: str, language: str) -> list[FoundSkill]:
    """The skills named by every word of `text`, else those spelt alike; those that begin with it first."""
    text = unaccented(text[:_LONGEST])
    words = _WORD.findall(text)
    if not words or len("".join(words)) < 2:
        return []
    rows = SkillLabel.objects.filter(language=_spoken(language), skill__is_retired=False)
    named = rows
    for word in words:
        named = named.filter(key__contains=word)
    place = StrIndex("label_key", Value(words[0]))
    # Found in its own name, at its beginning, and short: what one most likely means.
    found = list(
        named.annotate(place=place)
        .annotate(elsewhere=Q(place=0))
        .order_by("elsewhere", "place", Length("label"), "label", "pk")[:SHOWN]
    )
    if not found:
        found = _spelt_alike(rows, " ".join(words))
    return [FoundSkill(row.skill_id, row.label, _also(row, words)) for row in found]


def _spelt_alike(rows, text) -> list[SkillLabel]:
    """Those with a name like `text`; the index finds them by the threshold that is set for it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(ALIKE)])
        near = rows.filter(key__trigram_word_similar=text).annotate(alike=TrigramWordSimilarity(text, "key"))
        return list(near.order_by(F("alike").desc(), Length("label"), "pk")[:SHOWN])


def _also(row, words) -> str:
    """The other name that tells why a skill was found, when its own name does not."""
    if all(word in row.label_key for word in words):
        return ""
    others = row.others.splitlines()
    return next((other for other in others if all(word in unaccented(other) for word in words)), "")


def _spoken(language: str) -> str:
    """Of the lists that were read the one in this language; Italian is always there first."""
    short = language.split("-")[0]
    return short if short == "it" or SkillLabel.objects.filter(language=short).exists() else "it"


def skills_of(person, language: str) -> list[PersonSkill]:
    """What somebody can do, best first, each with its `label` in this language, else in another one. Two queries."""
    rows = list(PersonSkill.objects.filter(person=person))
    labels = _labels([row.skill_id for row in rows], language)
    for row in rows:
        row.label, row.description = labels.get(row.skill_id, ("", ""))
    return rows


def skill_named(key, language: str) -> Skill | None:
    """One entry of the list with its `label` and `description`, or None."""
    skill = Skill.objects.filter(pk=key).first()
    if skill is not None:
        skill.label, skill.description = _labels([key], language).get(key, ("", ""))
    return skill


def labels_of(keys, language: str) -> list[str]:
    """What these skills are called, in alphabetical order."""
    return sorted(label for label, _description in _labels(list(keys), language).values())


def _labels(keys, language) -> dict:
    """{key of the skill: (label, description)}: in the language asked for, else Italian, English or any."""
    if not keys:
        return {}
    wanted = [language.split("-")[0], "it", "en"]
    rows = SkillLabel.objects.filter(skill__in=keys).order_by("language")
    best = sorted(rows, key=lambda row: -(wanted.index(row.language) if row.language in wanted else len(wanted)))
    return {row.skill_id: (row.label, row.description) for row in best}
