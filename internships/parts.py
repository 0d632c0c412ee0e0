"""Who writes what in a training project, and what is missing. Reads a project, asks nothing else."""

from internships.enums import ProjectState as P
from internships.kinds import way_of

# The fields of each turn; of these the ones without which the turn is not done.
PARTS = {
    P.PROMOTER: ("objectives", "competences", "insurance_accident", "insurance_liability"),
    P.HOST: ("activities", "timetable", "safety", "allowance", "meals", "signer"),
    P.INTERN: ("wishes", "needs", "duties_read_at"),
}
MUST = {
    P.PROMOTER: PARTS[P.PROMOTER],
    P.HOST: ("activities", "timetable", "safety", "allowance", "signer"),
    P.INTERN: ("wishes", "duties_read_at"),
}
TURNS = tuple(PARTS)
# While one of these writes, or before it is sent, something can be changed.
OPEN = (*TURNS, P.READY)


def missing(project, turn: str) -> list[str]:
    """The names of the fields that this turn still has to fill, of those that its kind of internship asks for."""
    without = way_of(project.internship).without
    return [name for name in MUST[turn] if name not in without and getattr(project, name) in (None, "")]


def turns_of(internship) -> list[str]:
    """Who writes at all: whoever has to fill something."""
    without = way_of(internship).without
    return [turn for turn in TURNS if not without.issuperset(MUST[turn])]


def done(project, turn: str) -> bool:
    return project is not None and not missing(project, turn)


def all_missing(project) -> dict[str, list[str]]:
    """By turn, what is missing; without the turns that lack nothing."""
    return {turn: lacking for turn in TURNS if (lacking := missing(project, turn))}
