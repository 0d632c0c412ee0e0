"""What young people say of themselves and of activities, what they look for, and what they want left out."""

from datetime import datetime, time, timedelta

from intake.enums import ParticipationState
from intake.models import Participation
from pathways import actions as pathways
from pathways.enums import AskedMoment, Family, SuggestedBy
from pathways.queries.wanted import Wanted
from portal.demo.stage import ROME, Stage

SKILLS = ("together", "speaking", "asking", "keeping", "problems", "critics", "strengths")
OPINIONS = (
    {"overall": "great", "useful": "much", "welcome": "much", "again": "yes", "words": "Le prove pratiche, tante."},
    {"overall": "good", "useful": "quite", "welcome": "much", "again": "yes"},
    {"overall": "good", "useful": "much", "welcome": "quite", "again": "yes", "words": "Un po’ più di tempo."},
    {"overall": "so_so", "useful": "little", "welcome": "quite", "again": "no"},
)


class Voices:
    """Of one family of activities, by no chance: the n-th who asked answers as the n-th. All others are still asked."""

    def __init__(self, stage: Stage):
        self.stage, self.asked = stage, []

    def begin(self, run, people):
        """On the first day, before anybody is marked as there."""
        if run.opportunity.family != Family.SOFT_SKILLS:
            return
        self.asked.append(run.pk)
        for n, enrolment in enumerate(people):
            self._say(enrolment, AskedMoment.ENTRY, "skills", self._skills(n, later=False), run.starts_on)

    def end(self, run, completed):
        """Two days after the last one: those who stayed until then."""
        if run.pk not in self.asked or not completed:
            return
        day = run.ends_on + timedelta(days=2)
        for n, enrolment in enumerate(run.enrolments.filter(pk__in=completed).order_by("asked_at")):
            self._say(enrolment, AskedMoment.EXIT, "skills", self._skills(n, later=True), day)
            self._say(enrolment, AskedMoment.OPINION, "opinion", OPINIONS[n % len(OPINIONS)], day)

    def _skills(self, n, *, later):
        grown = [(n + i) % 3 > 0 for i in range(len(SKILLS))] if later else [False] * len(SKILLS)
        return {key: str(1 + (n + i) % 3 + grown[i]) for i, key in enumerate(SKILLS)}

    def _say(self, enrolment, moment, section, answers, day):
        now = datetime.combine(day, time(8), ROME)
        pathways.answer_assessment(
            enrolment=enrolment, moment=moment, section=section, answers=answers, finish=True, by=None, now=now
        )


def look_around(stage: Stage):
    """The newest ways that are under way: one keeps two searches, one wants no suggestions by where she lives."""
    ways = Participation.objects.filter(
        edition=stage.edition,
        state=ParticipationState.IN_PROGRESS,
        person__user__isnull=False,
        person__limited_at=None,
        person__anonymised_at=None,
    ).select_related("person__user")
    for way, act in zip(ways.order_by("-opened_at")[:2], (_keep, _leave_out), strict=False):
        act(way.person, datetime.combine(stage.now.date() - timedelta(days=1), time(19), ROME))


def _keep(person, now):
    for wanted in (Wanted(q="barman"), Wanted(family=Family.ABROAD, age=20)):
        pathways.keep_search(person=person, wanted=wanted, by=person.user, now=now)


def _leave_out(person, now):
    used = [SuggestedBy.PLAN, SuggestedBy.SEARCHES, SuggestedBy.SKILLS]
    pathways.choose_what_is_used(person=person, used=used, by=person.user, now=now)
