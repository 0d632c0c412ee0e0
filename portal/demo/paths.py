"""Paths on which somebody goes along: back to study, abroad, to a business of one's own; a few of each."""

from datetime import date, datetime, time, timedelta

from accounts.models import Membership
from intake.enums import ParticipationState
from intake.models import Participation, Skill
from migwork.months import add_months
from pathways import actions as pathways
from pathways.enums import PathKind
from pathways.queries.ventures import mark_of
from portal.demo.stage import ROME, Stage

COOKING = "urn:mig-work:skill:lavorare-in-gruppo"


def accompany(stage: Stage):
    """The newest ways that are under way begin one; two older ones have ended, each with its outcome."""
    ways = Participation.objects.filter(
        edition=stage.edition,
        state=ParticipationState.IN_PROGRESS,
        operator__isnull=False,
        person__user__isnull=False,
        person__limited_at=None,
        person__anonymised_at=None,
    )
    ways = list(ways.select_related("person__user", "operator").order_by("-opened_at")[:6])
    for way, begin in zip(
        ways, (go_back_to_school, leave_for_lisbon, start_a_business, finish_school, return_home, open_it), strict=False
    ):
        begin(stage, way)


def _moment(stage, days, hour=11) -> datetime:
    """So many days ago (or ahead), at a fixed hour: drawn by no chance."""
    return datetime.combine(stage.now.date() + timedelta(days=days), time(hour), ROME)


def _school(stage, way, days, *, enrol_by: date | None):
    """Two schools thought of, one of them chosen."""
    by, at = way.operator, _moment(stage, days)
    path = pathways.begin_path(participation=way, kind=PathKind.STUDY, by=by, now=at)
    pathways.add_option(
        path=path, route="cpia", school="CPIA 5, viale Campania", thoughts="Gratis; lezioni di mattina.", by=by, now=at
    )
    evening = pathways.add_option(
        path=path,
        route="evening",
        school="Istituto Vespucci, corso serale",
        course="Servizi per la ristorazione",
        enrol_by=enrol_by,
        thoughts="Si può lavorare di giorno. Venti minuti di tram.",
        by=by,
        now=at,
    )
    pathways.choose_option(option=evening, by=by, now=at + timedelta(minutes=20))
    card = path.steps.get(code="id_card")
    pathways.change_step(
        step=card,
        done=True,
        expires_on=add_months(stage.now.date(), 14),
        by=way.person.user,
        now=at + timedelta(hours=3),
    )
    return path


def go_back_to_school(stage, way):
    """Papers half together, and on the day after tomorrow they go to the school's office."""
    path = _school(stage, way, -12, enrol_by=stage.now.date() + timedelta(days=5))
    pathways.note_talk(
        path=path,
        kind="talk",
        at=_moment(stage, -6),
        said="La sera va bene. Ha paura di non farcela con la matematica: c’è il sostegno il sabato.",
        tasks=["Chiedere del sostegno di matematica"],
        due_on=stage.now.date() + timedelta(days=3),
        by=way.operator,
        now=_moment(stage, -6, 12),
    )
    pathways.arrange_talk(
        path=path,
        kind="together",
        at=_moment(stage, 2, 16),
        place="Segreteria, via Valvassori Peroni 8",
        by=way.operator,
        now=_moment(stage, -1),
    )


def finish_school(stage, way):
    """Enrolled some weeks ago: in half a year one is asked whether it lasted."""
    path = _school(stage, way, -70, enrol_by=None)
    pathways.move_path(path=path, verb="start", by=way.operator, now=_moment(stage, -50))
    pathways.end_path(
        path=path,
        outcome="enrolled",
        on=stage.now.date() - timedelta(days=30),
        by=way.operator,
        now=_moment(stage, -29),
    )


def _stay(stage, way, *, began, first, last, **fields):
    by, at = way.operator, _moment(stage, began)
    path = pathways.begin_path(participation=way, kind=PathKind.STAY, by=by, now=at)
    pathways.plan_stay(
        path=path,
        starts_on=stage.now.date() + timedelta(days=first),
        ends_on=stage.now.date() + timedelta(days=last),
        insurer="Cigna",
        insured_until=stage.now.date() + timedelta(days=last + 10),
        by=by,
        now=at,
        **fields,
    )
    return path


def leave_for_lisbon(stage, way):
    """Leaves in three weeks; two papers are still to be got."""
    path = _stay(
        stage,
        way,
        began=-20,
        first=21,
        last=200,
        programme="esc",
        host="Casa da Horta",
        place="Lisbona, Portogallo",
        contact="La referente risponde al +351 21 000 0000",
        policy="ESC-0000",
    )
    document = path.steps.get(code="travel_document")
    pathways.change_step(
        step=document,
        done=True,
        due_on=document.due_on,
        expires_on=stage.now.date() + timedelta(days=120),
        by=way.person.user,
        now=_moment(stage, -3),
    )
    pathways.arrange_talk(
        path=path,
        kind="before",
        at=_moment(stage, 9, 15),
        place="via Dogana 2",
        by=way.operator,
        now=_moment(stage, -3),
    )


def return_home(stage, way):
    """Back from a work camp, with a skill more."""
    path = _stay(
        stage,
        way,
        began=-80,
        first=-45,
        last=-24,
        programme="work_camp",
        host="Cooperativa La Vigna",
        place="Ardèche, Francia",
        contact="",
        policy="",
    )
    by = way.operator
    for step in path.steps.all():
        pathways.tick_step(step=step, done=True, by=way.person.user, now=_moment(stage, -60))
    pathways.note_talk(
        path=path,
        kind="before",
        at=_moment(stage, -50),
        said="Treni e ostello prenotati. Numeri utili salvati sul telefono.",
        by=by,
        now=_moment(stage, -50, 12),
    )
    pathways.move_path(path=path, verb="start", by=by, now=_moment(stage, -45, 9))
    words = "In venti, di sei paesi. Ho imparato a organizzare il lavoro con chi non parla la mia lingua."
    pathways.say_what_was_learnt(path=path, words=words, by=way.person.user, now=_moment(stage, -22, 20))
    pathways.note_talk(
        path=path,
        kind="after",
        at=_moment(stage, -20),
        said="Torna con la voglia di ripartire. Vuole provare il servizio civile.",
        by=by,
        now=_moment(stage, -20, 12),
    )
    pathways.turn_into_skill(
        path=path,
        skill=Skill.objects.get(uri=COOKING),
        level=3,
        evidence="Tre settimane in un campo di lavoro in Ardèche, in venti di sei paesi.",
        by=by,
        now=_moment(stage, -20, 12),
    )
    pathways.end_path(
        path=path, outcome="stayed", on=stage.now.date() - timedelta(days=24), by=by, now=_moment(stage, -20, 13)
    )


IDEA = {
    "problem": "Nei cortili del quartiere le bici restano rotte per mesi: l’officina è lontana.",
    "customers": "Chi abita nelle case popolari di via Padova e usa la bici per lavorare.",
    "value": "Passo io nel cortile il sabato, riparo sul posto e costa meno.",
    "channels": "Un cartello in portineria e il passaparola degli amministratori.",
    "costs": "Attrezzi 400 euro, carrello 250, assicurazione da chiedere.",
    "revenue": "Quindici riparazioni al sabato, 12 euro l’una.",
}


def _idea(stage, way, days, parts):
    """Written in the evenings; a mentor of the partner who teaches it goes along."""
    at, young = _moment(stage, days, 19), way.person.user
    path = pathways.begin_idea(participation=way, title="Riparo biciclette nei cortili", by=young, now=at).path
    for number, part in enumerate(list(IDEA)[:parts]):
        pathways.write_part(
            path=path, part=part, text=IDEA[part], seen=mark_of(""), by=young, now=at + timedelta(days=number)
        )
    mentor = stage.staff["formaper"]
    membership = Membership.objects.get(user=mentor, organisation=stage.organisations["formaper"])
    pathways.hand_path(path=path, membership=membership, by=way.operator, now=_moment(stage, days + 5))
    path.refresh_from_db()
    pathways.note_talk(
        path=path,
        kind="talk",
        at=_moment(stage, days + 8, 17),
        said="L’idea è chiara. Prima di comprare gli attrezzi provala in due cortili.",
        tasks=["Parlare con due amministratori di condominio", "Contare le bici rotte in tre cortili"],
        due_on=stage.now.date() + timedelta(days=days + 22),
        by=mentor,
        now=_moment(stage, days + 8, 18),
    )
    return path, mentor


def start_a_business(stage, way):
    """Four parts of six written."""
    _idea(stage, way, -16, 4)


def open_it(stage, way):
    """Tried out, and opened."""
    path, mentor = _idea(stage, way, -90, 6)
    pathways.move_path(path=path, verb="choose", by=mentor, now=_moment(stage, -70))
    for step in path.steps.all():
        pathways.tick_step(step=step, done=True, by=way.person.user, now=_moment(stage, -40))
    pathways.move_path(path=path, verb="start", by=mentor, now=_moment(stage, -35))
    pathways.end_path(
        path=path, outcome="vat_number", on=stage.now.date() - timedelta(days=15), by=mentor, now=_moment(stage, -14)
    )
