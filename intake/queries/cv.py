"""What stands in a CV, and all that somebody achieved. Never anything from talks or from what is protected."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import get_language

from accounts.models.people import OF_AGE
from accounts.queries.watching import of_age_on
from intake import hooks
from intake.enums import ActionKind, ActionState, CvEntryKind, LanguageLevel
from intake.models import Cv, CvEntry, PersonSkill, PlanAction
from intake.queries.skills import skills_of

# Before somebody turns 18 they are offered all that they achieved: from then on they show it by themselves.
BEFORE_18 = timedelta(days=90)
_SPOKEN = {level: n for n, level in enumerate(LanguageLevel.values)}


@dataclass(frozen=True)
class CvView:
    """A CV as it reads; `done` is what was completed with us, in the parts where it belongs."""

    person: object
    cv: Cv
    education: list[CvEntry]
    experience: list[CvEntry]
    languages: list[CvEntry]
    courses: list[hooks.Achieved]
    internships: list[hooks.Achieved]
    skills: list[PersonSkill]

    @property
    def missing(self) -> list[str]:
        """Which parts still say nothing, in the order in which one writes them."""
        parts = {
            "about": self.cv.about,
            CvEntryKind.EDUCATION: self.education,
            CvEntryKind.EXPERIENCE: self.experience or self.internships,
            CvEntryKind.LANGUAGE: self.languages,
        }
        return [str(name) for name, said in parts.items() if not said]


def cv_of(person) -> Cv:
    """The CV's words and choices; before anything was chosen, what is usual."""
    # Who must not be found at home chooses by themselves what they show.
    hidden = {"shows_email": False, "shows_phone": False, "shows_town": False} if person.safe_contact else {}
    return Cv.objects.filter(person=person).first() or Cv(person=person, **hidden)


def cv_view(person) -> CvView:
    """The whole CV; five queries."""
    cv = cv_of(person)
    entries = sorted(CvEntry.objects.filter(person=person), key=_latest_first)
    by_kind = {kind: [entry for entry in entries if entry.kind == kind] for kind in CvEntryKind}
    languages = sorted(by_kind[CvEntryKind.LANGUAGE], key=lambda entry: (_SPOKEN[entry.level], entry.title))
    done = _completed(person) if cv.shows_done else []
    return CvView(
        person=person,
        cv=cv,
        education=by_kind[CvEntryKind.EDUCATION],
        experience=by_kind[CvEntryKind.EXPERIENCE],
        languages=languages,
        courses=[row for row in done if row.kind == "course"],
        internships=[row for row in done if row.kind == "internship"],
        skills=skills_of(person, get_language()),
    )


def _latest_first(entry):
    """What goes on comes first, then by the years."""
    return (-(entry.ended or 9999), -(entry.began or 0), entry.added_at)


def _completed(person) -> list[hooks.Achieved]:
    found = [row for rows in hooks.achievements.call(person=person) for row in rows]
    return sorted(found, key=lambda row: row.ended, reverse=True)


@dataclass(frozen=True)
class Achievements:
    """Courses and internships completed, steps of plans done, skills; and the hours of it all."""

    completed: list[hooks.Achieved]
    steps: list[PlanAction]
    skills: list[PersonSkill]

    @property
    def hours(self) -> Decimal:
        return sum((row.hours for row in self.completed), sum((row.hours_done for row in self.steps), Decimal(0)))

    @property
    def anything(self) -> bool:
        return bool(self.completed or self.steps or self.skills)


# Steps that are courses and internships are told by the rooms that hold them.
_BY_ONESELF = (ActionKind.ERRAND, ActionKind.APPOINTMENT)


def achievements_of(person) -> Achievements:
    """All that somebody achieved, in every edition, the latest first."""
    of_person = PlanAction.objects.filter(goal__plan__participation__person=person, state=ActionState.DONE)
    steps = of_person.filter(kind__in=_BY_ONESELF).select_related("goal").order_by("-done_at", "pk")
    return Achievements(_completed(person), list(steps), skills_of(person, get_language()))


def is_soon_of_age(person, today) -> bool:
    """Whether the eighteenth birthday is near."""
    return person.age_on(today) == OF_AGE - 1 and of_age_on(person.birth_date) - today <= BEFORE_18
