"""What is read at the end of an internship: the content of the dossier, papers, evaluations, rows behind links."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.dateformat import format as write_date
from django.utils.translation import get_language

from foundation.questionnaires import queries as questionnaires
from internships.enums import EndPaperKind, EvaluationSide
from internships.models import EndPaper, Evaluation, Internship, InternshipOutcome, LaterOutcome, Visit
from internships.queries.internships import plain
from internships.queries.life import life_of
from internships.queries.papers import project_of
from migwork.signed import SignedKey

# Each kind of page has links of its own: none opens another.
PAPER_LINKS, LATER_LINKS = SignedKey("internships.paper"), SignedKey("internships.later")
EVALUATION_LINKS = SignedKey("internships.evaluation")


@dataclass
class Paper:
    pk: str
    kind: EndPaperKind
    on: date


@dataclass
class Said:
    """One side's evaluation: its key, and whether it is finished."""

    pk: str
    done: bool


@dataclass
class End:
    """What is there after the last day. `later` is six months on."""

    papers: list[Paper]
    said: dict[str, Said]
    outcome: InternshipOutcome | None
    later: LaterOutcome | None

    def has(self, kind) -> bool:
        return any(paper.kind == kind for paper in self.papers)


def end_of(internship) -> End:
    """All that is there at the end, in one query."""
    papers = EndPaper.objects.filter(internship=OuterRef("pk"), withdrawn_at=None).order_by("-issued_at", "pk")
    evaluations = Evaluation.objects.filter(internship=OuterRef("pk")).order_by("side")
    read = {
        "papers_": ArraySubquery(papers.values(said=JSONObject(pk="pk", kind="kind", at="issued_at"))),
        "said_": ArraySubquery(evaluations.values(said=JSONObject(pk="pk", side="side", done="done_at"))),
    }
    found = Internship.objects.select_related("outcome", "later").annotate(**read).get(pk=internship.pk)
    return End(
        papers=[
            Paper(row["pk"], EndPaperKind(row["kind"]), timezone.localdate(datetime.fromisoformat(row["at"])))
            for row in found.papers_
        ],
        said={row["side"]: Said(row["pk"], bool(row["done"])) for row in found.said_},
        outcome=getattr(found, "outcome", None),
        later=getattr(found, "later", None),
    )


def paper_of_link(token: str) -> EndPaper | None:
    rows = EndPaper.objects.filter(withdrawn_at=None).select_related("document", "internship__unit__host")
    return _found(rows, PAPER_LINKS.key(token))


def attestation_of(internship) -> EndPaper | None:
    """The final attestation that holds."""
    rows = internship.end_papers.filter(kind=EndPaperKind.ATTESTATION, withdrawn_at=None)
    return rows.select_related("document").first()


def later_of_link(token: str) -> LaterOutcome | None:
    return _found(LaterOutcome.objects.select_related("internship__unit__host"), LATER_LINKS.key(token))


def evaluation_of_link(token: str) -> Evaluation | None:
    return _found(whole_evaluations(Evaluation.objects.all()), EVALUATION_LINKS.key(token))


def whole_evaluations(found):
    """With all that their pages name."""
    return found.select_related(
        *("sheet__questionnaire", "internship__participation__person", "internship__unit__host"),
        *("internship__promoter", "internship__promoter_tutor"),
    )


def _found(rows, key):
    """The row of a link; None while the data of the person whom it is about rest."""
    return rows.filter(pk=key, internship__participation__person__limited_at=None).first() if key else None


def dossier_of(internship) -> dict:
    """What the dossier shows beside the internship's own facts: its project, register, notes, competences, words of
    the host, changes and visits."""
    days = list(internship.days.confirmed().order_by("on"))
    months: dict[str, list] = defaultdict(lambda: [0, Decimal(0)])
    for day in days:
        month = months[write_date(day.on, "F Y")]
        month[0] += 1
        month[1] += day.hours
    attestation = attestation_of(internship)
    held = Visit.objects.filter(internship=internship, held_on__isnull=False).order_by("held_on")
    return {
        "months": [(name, days, plain(hours)) for name, (days, hours) in months.items()],
        "days": [(day.on, plain(day.hours), day.note) for day in days],
        "project": project_of(internship),
        "competences": attestation.competences if attestation else competences_of(internship),
        "is_attested": attestation is not None,
        "words": words_of_host(internship),
        "changes": life_of(internship).changes,
        "visits": list(held.values_list("held_on", flat=True)),
        "goals": internship.plan_action.title if internship.plan_action else "",
    }


def competences_of(internship) -> list[str]:
    """Those that the training project names, by their QRSP names."""
    project = project_of(internship)
    return [line.strip() for line in project.competences.splitlines() if line.strip()] if project else []


def words_of_host(internship) -> list[dict]:
    """What the host said of the intern, question by question; nothing before it has finished."""
    rows = Evaluation.objects.filter(internship=internship, side=EvaluationSide.HOST, done_at__isnull=False)
    evaluation = rows.select_related("sheet__questionnaire").first()
    return said(evaluation) if evaluation else []


def said(evaluation) -> list[dict]:
    """The answers of a finished evaluation: `title` of each part with its (question, answer) pairs."""
    language, sheet = settings.LANGUAGE_CODE, evaluation.sheet
    parts = []
    for section in sheet.questionnaire.definition["sections"]:
        if pairs := _pairs(section, sheet.answers.get(section["key"], {}), language):
            parts.append({"title": questionnaires.words(section["title"], language), "pairs": pairs})
    return parts


def said_in(evaluation, section: str, answers: dict) -> list[tuple]:
    """What `answers` to one part say, as (question, answer) pairs."""
    return _pairs(questionnaires.section_of(evaluation.sheet.questionnaire, section), answers, get_language())


def _pairs(section, answers, language) -> list[tuple]:
    return [
        (
            questionnaires.words(question["label"], language),
            questionnaires.shown(question, answers[question["key"]], language),
        )
        for question in section["questions"]
        if answers.get(question["key"]) not in questionnaires.EMPTY
    ]
