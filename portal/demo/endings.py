"""How an internship of the demo ends: what both sides say, the papers, what became of the intern."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.core.exceptions import ValidationError
from django.utils import timezone

from foundation.documents import pdf
from internships import actions as internships
from internships.models import Evaluation
from internships.queries.ends import competences_of
from portal.demo.attempts import attempt

ANSWERS = {
    "intern": {
        "work": {"tasks": "most", "learnt": "much", "learnt_words": "So stare con i clienti e chiudere la cassa."},
        "people": {"tutor": "always", "safe": "yes", "again": "yes"},
    },
    "host": {
        "work": {"tasks": "helped", "punctual": "always", "together": "always"},
        "after": {"strengths": "Si organizza da sé e chiede quando serve.", "hire": "perhaps"},
    },
}
OUTCOMES = ["hired", "offer", "school", "none"]


def end(internship, staff, over, stage, number):
    """From the last day on, as far as time has come. Its own chance: what it draws changes nobody else's way."""
    chance = Random(number)

    def after(days):
        then = over + timedelta(days=days, minutes=number % 60)
        return then if then < stage.now else None

    if asked := after(0.1):
        internships.ask_evaluations(now=asked)
    for evaluation in Evaluation.objects.filter(internship=internship).order_by("side") if after(4) else ():
        # Most answer; who did not is asked again.
        if chance.random() < 0.8:
            answer(evaluation, after(4))
    said = after(12)
    if said and chance.random() < 0.85:
        _outcome(internship, chance.choice(OUTCOMES), staff, said)
    if (made := after(14)) and not stage.has_attestation:
        stage.has_attestation = _papers(internship, staff, made)
    day = internships.later_from(internship) + timedelta(days=20)
    heard = datetime.combine(day, time(10, number % 60), over.tzinfo)
    if heard < stage.now:
        internships.note_later(internship=internship, kind=chance.choice(OUTCOMES), by=staff, now=heard)


def answer(evaluation, now):
    for section, answers in ANSWERS[evaluation.side].items():
        internships.answer_evaluation(evaluation=evaluation, section=section, answers=answers, version=0, now=now)
    internships.finish_evaluation(evaluation=evaluation, now=now)


def _outcome(internship, kind, staff, now):
    hired = {"hired_on": timezone.localdate(now), "contract_months": 12, "part_time_share": Decimal(75)}
    more = hired if kind == "hired" else {}
    internships.record_outcome(internship=internship, kind=kind, **more, by=staff, now=now)


def _papers(internship, staff, now) -> bool:
    """Attestation and dossier, once in the demo: a PDF takes its time. Not where none can be made."""
    competences = competences_of(internship) or [internship.title]
    try:
        with attempt():
            internships.issue_attestation(internship=internship, competences=competences, by=staff, now=now)
            internships.make_dossier(internship=internship, by=staff, now=now)
    except (ValidationError, pdf.Unavailable):
        return False
    return True
