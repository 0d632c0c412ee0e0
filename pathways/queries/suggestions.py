"""Activities for one person's plan: each with its reasons in words, in an order that one sentence explains.

No score, and nothing about health, disability or citizenship: what is used stands on the page, and can be switched off.
"""

import re
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchVectorExact
from django.db.models import Exists, F, IntegerField, OuterRef, Q, Value
from django.utils.translation import gettext as _

from intake.enums import ActionKind
from intake.models import PlanAction
from intake.queries.skills import skills_of
from migwork.text import unaccented
from pathways import eligibility, search
from pathways.enums import EnrolmentState, SuggestedBy
from pathways.families import family_in
from pathways.models import Enrolment, KeptSearch, Opportunity, Run, SuggestionChoice
from pathways.queries import catalogue, kept

SHOWN = 12
# Of each reason so many are looked at: some will not be for this person.
LOOKED_AT = 12
STEPS, SEARCHES, SKILLS = 5, 10, 8
# What stands in every other step of a plan names no activity.
_SAID_OFTEN = """
    andare attivita cercare cerco corsi corso course fare frequentare find imparare iniziare insieme laboratorio
    lavorare lavoro learn mestiere nuovo partecipare percorso prendere primo scegliere scelto seguire trovare work
"""
_GENERAL = frozenset(_SAID_OFTEN.split())
_WORD = re.compile(r"[a-z0-9]+")
_SPENT = [EnrolmentState.ENROLLED, EnrolmentState.OFFERED, EnrolmentState.WAITING, EnrolmentState.COMPLETED]


@dataclass
class Used:
    """What suggestions are made of, as one reads it on the page; what is switched off is empty."""

    off: frozenset[str] = frozenset()
    steps: list[PlanAction] = field(default_factory=list)
    searches: list[KeptSearch] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    municipio: int | None = None

    @property
    def criteria(self) -> list[dict]:
        """Each criterion in its order: whether it is on, and what it finds in one's data."""
        found = {
            SuggestedBy.PLAN: [step.title for step in self.steps],
            SuggestedBy.SEARCHES: [search.in_words for search in self.searches],
            SuggestedBy.SKILLS: self.skills,
            SuggestedBy.NEAR: [_("Municipio %s") % self.municipio] if self.municipio else [],
        }
        return [{"by": by, "is_on": by not in self.off, "found": texts} for by, texts in found.items()]


@dataclass(frozen=True)
class _Source:
    """One reason, and the activities to which it applies."""

    reason: str
    rows: object


@dataclass
class Suggestion:
    card: dict
    reasons: list[str]


def used_for(participation, on: date, language: str) -> Used:
    """What of this person's data suggestions are made of. Four queries, fewer where something is switched off."""
    person = participation.person
    choice = SuggestionChoice.objects.filter(person=person).first()
    used = Used(off=frozenset(choice.off if choice else ()))
    if SuggestedBy.PLAN not in used.off:
        rows = PlanAction.objects.outstanding().filter(
            goal__plan__participation=participation, kind=ActionKind.ACTIVITY
        )
        rows = rows.exclude(enrolments__state__in=_SPENT).select_related("goal")
        used.steps = list(rows.order_by("goal__position", "position", "due_on", "pk")[:STEPS])
    if SuggestedBy.SEARCHES not in used.off:
        used.searches = list(KeptSearch.objects.filter(person=person)[:SEARCHES])
        for row in used.searches:
            row.in_words = kept.in_words(kept.wanted_of(row), on)
    if SuggestedBy.SKILLS not in used.off:
        used.skills = [row.label for row in skills_of(person, language) if row.label][:SKILLS]
    if SuggestedBy.NEAR not in used.off:
        used.municipio = person.municipio
    return used


def suggestions(participation, used: Used, on: date) -> list[Suggestion]:
    """What fits, with its reasons: first by the order of the reasons, then what begins first. Three queries."""
    sources = _sources(used, on)
    if not sources:
        return []
    reasons, days = _found(_open_to(participation, on), sources)
    runs = _runs_for(participation, reasons, on)
    order = sorted((pk for pk in reasons if pk in runs), key=lambda pk: (reasons[pk][0], days[pk], pk))[:SHOWN]
    cards = catalogue.cards_of([runs[pk].opportunity for pk in order], on)
    return [
        Suggestion(card, list(dict.fromkeys(sources[n].reason for n in reasons[pk])))
        for pk, card in zip(order, cards, strict=True)
    ]


def _open_to(participation, on):
    """Published activities of this edition that take people of this age, and that they are not in already."""
    person, theirs = participation.person, Enrolment.objects.filter(run__opportunity=OuterRef("pk"))
    age = person.age_on(on)
    return Opportunity.objects.published().filter(
        ~Exists(theirs.filter(participation=participation, state__in=_SPENT)),
        edition=participation.edition_id,
        next_start_on__gte=on,
        # A birthday may fall between today and the first day.
        min_age__lte=age + 1,
        max_age__gte=age,
    )


def _sources(used: Used, on: date) -> list[_Source]:
    """The reasons in their order: what a step names, what is of its kind, searches, skills, what is near."""
    step = _("Because your plan has the step “%(what)s”.")
    found = [
        _Source(step % {"what": row.title}, Q(SearchVectorExact(F("search"), words)))
        for row in used.steps
        if (words := _named_in(row.title))
    ]
    for row in used.steps:
        if family := family_in(row.title) or family_in(row.goal.title):
            found.append(_Source(step % {"what": row.title}, Q(family=family)))
    for row in used.searches:
        wanted = kept.wanted_of(row)
        if (conditions := catalogue.conditions_of(wanted, on, _as_typed(wanted.q))) is not None:
            reason = _("Because you keep the search %(what)s.") % {"what": row.in_words}
            found.append(_Source(reason, Q(pk__in=catalogue.matching(**conditions).values("pk"))))
    for label in used.skills:
        if (read := search.words_of(label)) is not None:
            reason = _("Because among your skills is “%(what)s”.") % {"what": label}
            found.append(_Source(reason, Q(SearchVectorExact(F("search"), search.query_of(*read)))))
    if used.municipio:
        reason = _("Because it is in your municipio, the %(n)s.") % {"n": used.municipio}
        found.append(_Source(reason, Q(municipio=used.municipio)))
    return found


def _named_in(title: str) -> SearchQuery | None:
    """The words of a step that an activity's title may have, too; None where it says nothing but "a course"."""
    words = [word for word in _WORD.findall(unaccented(title)) if len(word) >= search.SHORTEST and word not in _GENERAL]
    if not words:
        return None
    return SearchQuery(" | ".join(f"{word}:A" for word in words), search_type="raw", config=search.CONFIG)


@dataclass(frozen=True)
class _Read:
    read: tuple


def _as_typed(text: str) -> _Read | None:
    """The words of a kept search without those of the same meaning: no further query."""
    read = search.words_of(text) if text else None
    return _Read(read) if read else None


def _found(rows, sources) -> tuple[dict, dict]:
    """For each activity the numbers of the reasons that apply, smallest first, and its first day. One query."""
    arms = [
        rows.filter(source.rows)
        .annotate(source=Value(n, output_field=IntegerField()), day=F("next_start_on"))
        .order_by("next_start_on", "pk")
        .values_list("pk", "day", "source")[:LOOKED_AT]
        for n, source in enumerate(sources)
    ]
    reasons, days = {}, {}
    for pk, day, source in arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]:
        reasons.setdefault(pk, []).append(source)
        days[pk] = day
    for numbers in reasons.values():
        numbers.sort()
    return reasons, days


def _runs_for(participation, keys, on) -> dict[int, Run]:
    """Of each of these activities the first run for which this person can ask now; one query."""
    rows = Run.objects.open_on(on).filter(opportunity__in=list(keys)).select_related("opportunity")
    found = {}
    for run in rows.defer("opportunity__search", "opportunity__description").order_by("starts_on", "pk"):
        points = eligibility.points(run, participation, on=on)
        if run.opportunity_id not in found and not any(point.stops for point in points):
            found[run.opportunity_id] = run
    return found
