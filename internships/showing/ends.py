"""What the pages of an internship that is over show: its papers, what each side says, what became of the intern."""

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from internships import actions, rules
from internships.enums import EndPaperKind, EvaluationSide, OutcomeKind
from internships.queries.ends import End, end_of
from internships.todos import OUTCOME_WITHIN, OUTSIDE_SCHOOL
from internships.workflow import OVER
from migwork.months import add_months

# The button that sends the link to them once more.
_TO_ASK = {
    EvaluationSide.INTERN: gettext_lazy("Send it to the intern again"),
    EvaluationSide.HOST: gettext_lazy("Send it to the host again"),
}


def promoter_end(internship, hours, values, *, may_work: bool, may_answer: bool) -> dict:
    """For the promoter's page, of `hours` attended, by the rules `values`.

    Operators read what both sides say, coordinators the papers.
    """
    if internship.state not in OVER:
        return {"is_over": False, "next": None}
    end = end_of(internship)
    # A part of a course ends with the course: nobody asks what became of who goes on studying.
    asks = internship.kind in OUTSIDE_SCHOOL
    lines = [_outcome_line(end, internship, may_work), *_later_line(end, internship, may_work)] if asks else []
    if may_work or may_answer:
        lines = [_evaluation_line(end, side) for side in EvaluationSide] + lines
    if not end.has(EndPaperKind.ATTESTATION):
        lines.insert(0, _attestation_line(internship, hours, values, may_work))
    unanswered = [(_TO_ASK[side], said.pk) for side, said in _sides(end) if not said.done]
    return {
        "is_over": True,
        "papers": _papers(end),
        "lines": lines,
        "next": _next(end, internship, lines, asks) if may_work else None,
        "may_make": may_work,
        "may_withdraw": may_work and end.has(EndPaperKind.ATTESTATION),
        "again": end.has(EndPaperKind.DOSSIER),
        "unanswered": unanswered if may_work else [],
    }


def intern_end(internship) -> dict:
    """For the young person: what they are asked, their papers, and what the host says of them."""
    if internship.state not in OVER:
        return {"is_over": False, "asked": False}
    end = end_of(internship)
    host, mine = end.said.get(EvaluationSide.HOST), end.said.get(EvaluationSide.INTERN)
    said = [_evaluation_line(end, EvaluationSide.HOST)] if host and host.done else []
    papers = _papers(end)
    return {
        "is_over": bool(papers or said),
        "asked": bool(mine and not mine.done),
        "papers": papers,
        "lines": said,
        "may_make": False,
        "may_withdraw": False,
        "unanswered": [],
    }


def _sides(end: End):
    return [(EvaluationSide(side), said) for side, said in sorted(end.said.items())]


def _papers(end: End) -> list[dict]:
    return [
        {"pk": paper.pk, "kind": paper.kind.label, "meta": f"PDF, {date_format(paper.on, 'j F Y')}"}
        for paper in end.papers
    ]


def _next(end: End, internship, lines, asks: bool) -> dict | None:
    """What the promoter does now: the attestation where it can be made, then what became of the intern."""
    if lines and lines[0]["title"] == EndPaperKind.ATTESTATION.label and lines[0]["url"]:
        return {"title": _("Make the attestation"), "url": lines[0]["url"]}
    if asks and end.outcome is None:
        return {"title": _("Write what became of it"), "url": reverse("internships:outcome", args=[internship.pk])}
    return None


def _attestation_line(internship, hours, values, may_work) -> dict:
    """Whether it can be made; where too few hours were attended, the sum that says so."""
    label = EndPaperKind.ATTESTATION.label
    try:
        actions.check_attended(internship, hours, values)
    except ValidationError as refusal:
        return _line(label, "", "stop", _("Not possible"), " ".join(refusal.messages))
    url = reverse("internships:attestation", args=[internship.pk]) if may_work else ""
    return _line(label, url, "todo", _("Not made yet"))


def _outcome_line(end: End, internship, may_work) -> dict:
    url = reverse("internships:outcome", args=[internship.pk]) if may_work else ""
    title = _("What became of it")
    if end.outcome is None:
        by = add_months(internship.last_on, OUTCOME_WITHIN)
        kind = "warn" if by < timezone.localdate() else "todo"
        return _line(title, url, kind, _("Not written yet"), _("by %(day)s") % {"day": date_format(by, "j F Y")})
    line = _line(title, url, "done", end.outcome.get_kind_display())
    if end.outcome.kind == OutcomeKind.HIRED:
        line["hint"] = _hire(end.outcome)
    return line


def _hire(outcome) -> str:
    """Whether it counts for more places at the host."""
    if outcome.counts(rules.values(timezone.localdate())):
        return _("It counts for more places at the host.")
    return _("It does not count for more places at the host: the contract is too short, or too few hours.")


def _later_line(end: End, internship, may_work) -> list[dict]:
    """Six months on: from when one can say it, or what was said and by whom."""
    title = _("Six months later")
    later, today = end.later, timezone.localdate()
    if later and later.kind:
        own = later.said_by_id is None
        url = "" if own or not may_work else reverse("internships:later", args=[internship.pk])
        hint = _("The intern has answered themselves.") if own else _("As the promoter heard it.")
        return [_line(title, url, "done", later.get_kind_display(), hint)]
    since = actions.later_from(internship)
    if today < since:
        hint = _("On %(day)s the intern is asked by a link.") % {"day": date_format(since, "j F Y")}
        return [_line(title, "", "waiting", _("Not yet"), hint)]
    url = reverse("internships:later", args=[internship.pk]) if may_work else ""
    hint = _("The intern was asked and has not answered: call them.") if later else ""
    return [_line(title, url, "todo", _("Not answered yet"), hint)]


def _evaluation_line(end: End, side: EvaluationSide) -> dict:
    said = end.said.get(side)
    if said is None:
        return _line(side.label, "", "todo", _("Not asked"))
    if not said.done:
        return _line(side.label, "", "waiting", _("Not answered yet"))
    return _line(side.label, reverse("internships:evaluation-detail", args=[said.pk]), "done", _("Answered"))


def _line(title, url, kind, state, hint="") -> dict:
    line = {"title": title, "url": url, "kind": kind, "state": state}
    return {**line, "hint": hint} if hint else line
