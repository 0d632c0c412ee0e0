"""Paths of modules: what their pages say, which dates can be chosen, how far somebody has come."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.timezone import localtime

from migwork.prepared import Prepared
from migwork.words import day_in_words
from pathways import eligibility
from pathways.enums import EnrolmentState, OpportunityState
from pathways.models import Enrolment, Module, ModulePath, Opportunity, Run, Session
from pathways.queries import signatures
from pathways.queries.mine import RunView

# A place one has, or may have: no other is asked for.
UNDER_WAY = (EnrolmentState.ENROLLED, EnrolmentState.OFFERED)
PAGE = 50
FOUND = 10
RUNS_SHOWN = 6


@dataclass
class ModuleView:
    """A module on the path's page, as one reader sees it."""

    opportunity: Opportunity
    runs: list[RunView]
    done: Enrolment | None = None
    mine: Enrolment | None = None
    # Which dates are proposed: the first after the module before.
    proposed: RunView | None = None

    @property
    def is_open(self) -> bool:
        """It is still to be chosen."""
        return self.done is None and self.mine is None

    @property
    def on_offer(self) -> bool:
        return self.opportunity.state == OpportunityState.PUBLISHED

    @property
    def choices(self) -> list[RunView]:
        """The dates with a free place for this reader."""
        return [view for view in self.runs if view.can_ask and not view.full and view.enrolment is None]


def public_paths() -> list[ModulePath]:
    """What the catalogue shows, newest first, each with `steps`: how many modules."""
    rows = ModulePath.objects.published().select_related("organisation").annotate(steps=Count("modules"))
    return list(rows.order_by("-created_at", "pk")[:PAGE])


def paths_written_by(user) -> list[ModulePath]:
    """Those that this user writes or looks after, with `steps`."""
    rows = ModulePath.objects.run_by(user).select_related("organisation").annotate(steps=Count("modules"))
    return list(rows.order_by("-created_at", "pk")[:PAGE])


_paths_with = Prepared(
    lambda opportunity: (
        ModulePath.objects.published().filter(modules__opportunity=opportunity).only("slug", "title").order_by("title")
    )
)


def paths_with(opportunity) -> list[ModulePath]:
    """The published paths of which this activity is a module; one query."""
    return list(_paths_with(opportunity=opportunity.pk))


def modules_in(path) -> list[Module]:
    """In their order, each activity loaded."""
    rows = path.modules.select_related("opportunity__organisation").defer("opportunity__search")
    return list(rows.order_by("position"))


def to_add(path, words: str) -> list[Opportunity]:
    """Published activities of the path's edition whose title holds these words, and that are not in it."""
    rows = Opportunity.objects.published().filter(edition=path.edition_id, title__icontains=words.strip())
    rows = rows.exclude(modules__path=path).select_related("organisation").defer("search")
    return list(rows.order_by("title", "pk")[:FOUND])


def standing(path, participation) -> dict[int, Enrolment]:
    """By activity what of this path somebody has done or is doing: what they completed, in whatever edition, first."""
    if participation is None:
        return {}
    counts = Q(state=EnrolmentState.COMPLETED) | Q(state__in=UNDER_WAY, participation=participation)
    rows = Enrolment.objects.filter(
        counts, participation__person=participation.person_id, run__opportunity__modules__path=path
    ).select_related("run")
    found = {}
    for enrolment in rows.order_by("asked_at", "pk"):
        before = found.get(enrolment.run.opportunity_id)
        if before is None or before.state != EnrolmentState.COMPLETED:
            found[enrolment.run.opportunity_id] = enrolment
    return found


def modules_for(path, participation, *, on: date, asks: bool) -> list[ModuleView]:
    """Each module with the dates that still take people; where `asks`, with why the reader can or can't.

    Four queries, and one or two more for who is under 18, however many modules there are.
    """
    modules = modules_in(path)
    runs, lines = _open_runs(path, on)
    stand = standing(path, participation)
    waiting = _waiting(participation, runs)
    stops = signatures.stops(participation.person, on) if participation else {}
    views, after, held = [], None, []
    for module in modules:
        opportunity = module.opportunity
        views.append(view := ModuleView(opportunity, []))
        mine = stand.get(opportunity.pk)
        if mine is not None:
            view.done, view.mine = (mine, None) if mine.state == EnrolmentState.COMPLETED else (None, mine)
            after = max(after or mine.run.ends_on, mine.run.ends_on)
        if not view.is_open or not view.on_offer:
            continue
        unsigned = signatures.why_not(opportunity, stops)
        for run in runs[opportunity.pk]:
            run.opportunity = opportunity
            points = []
            if asks:
                points = eligibility.points(run, participation, on=on, enrolment=waiting.get(run.pk), unsigned=unsigned)
            url = reverse("pathways:run-enrol", args=[run.pk])
            view.runs.append(RunView(run, lines[run.pk], points, waiting.get(run.pk), url))
        view.proposed = _proposed(view.choices, after, held)
        if view.proposed:
            after = view.proposed.run.ends_on
            held.append(view.proposed.run)
    return views


def _proposed(choices, after, held) -> RunView | None:
    """The first that begins once the modules before are over; else the first that meets none of them."""
    later = [view for view in choices if after is None or view.run.starts_on > after]
    apart = [view for view in choices if not any(_same_days(view.run, run) for run in held)]
    return (later or apart or choices or [None])[0]


def _same_days(one, other) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def _open_runs(path, on) -> tuple[dict, dict]:
    """By activity its runs that take people, the first few; by run its sessions in words."""
    runs, lines = defaultdict(list), defaultdict(list)
    for run in (
        Run.objects.open_on(on).by_enrolment().filter(opportunity__modules__path=path).order_by("starts_on", "pk")
    ):
        if len(runs[run.opportunity_id]) < RUNS_SHOWN:
            runs[run.opportunity_id].append(run)
    shown = [run.pk for few in runs.values() for run in few]
    for session in Session.objects.filter(run__in=shown).order_by("starts_at"):
        start, end = localtime(session.starts_at), localtime(session.ends_at)
        lines[session.run_id].append(f"{day_in_words(start.date(), 'D j F')}, {start:%H:%M}–{end:%H:%M}")
    return runs, lines


def _waiting(participation, runs) -> dict:
    """By run the reader's place on its waiting list."""
    if participation is None:
        return {}
    shown = [run.pk for few in runs.values() for run in few]
    rows = Enrolment.objects.filter(participation=participation, run__in=shown)
    return {enrolment.run_id: enrolment for enrolment in rows.exclude(state=EnrolmentState.WITHDRAWN)}


def first_clash(runs) -> tuple[Session, Session] | None:
    """Two sessions of these runs that are held at the same time, with their activities; one query."""
    rows = Session.objects.filter(run__in=runs).select_related("run__opportunity").order_by("starts_at", "pk")
    last = None
    for session in rows:
        if last is not None and session.starts_at < last.ends_at and session.run_id != last.run_id:
            return last, session
        if last is None or session.ends_at > last.ends_at:
            last = session
    return None
