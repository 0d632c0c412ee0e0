"""What people can do and say: skills and CVs, messages with who follows them, calls asked for and earlier hours."""

from datetime import timedelta

from accounts.enums import Education
from intake import actions as intake
from intake.enums import (
    AppointmentState,
    CallTime,
    CvEntryKind,
    LanguageLevel,
    ParticipationState,
    SkillLevel,
)
from intake.models import Appointment, Participation, Skill
from portal.demo.stage import Stage

# Of how many of those with an account who were interviewed skills and a CV were written.
SHARE = 0.3
SKILL_URI = "urn:mig-work:skill:"
# (skill, how well, where it showed)
SKILLS = [
    ("ascoltare", SkillLevel.ALONE, "A casa, quando i fratelli litigano, vanno sempre lì."),
    ("lavorare-in-gruppo", SkillLevel.ALONE, "Tre anni in una squadra di pallavolo."),
    ("organizzarsi", SkillLevel.HELPED, "Tiene insieme la scuola serale e i turni al bar."),
    ("puntualita", SkillLevel.ALONE, "In due mesi di tirocinio mai un ritardo, lo dice il tutor."),
    ("risolvere-problemi", SkillLevel.HELPED, "Ha rimesso in moto la bici della vicina senza il pezzo di ricambio."),
    ("imparare", SkillLevel.ALONE, "Ha imparato l’italiano in un anno, con i video e con i vicini."),
    ("calma", SkillLevel.HELPED, "Il sabato sera alla cassa, con la fila fuori dalla porta."),
    ("responsabilita", SkillLevel.TEACHES, "Accompagna ogni giorno la sorellina a scuola e parla con le maestre."),
]
# What one writes about oneself.
ABOUT = [
    "Mi piace stare con le persone e imparo in fretta. Cerco un lavoro in un bar o in un negozio.",
    "Ho pazienza e guardo ai dettagli. Vorrei lavorare con i bambini.",
    "Riparo di tutto: biciclette, telefoni, lampade. Cerco un posto dove imparare il mestiere.",
    "Ho appena finito la scuola e cerco la prima esperienza.",
]
# (what, for whom, how many years ago it began and ended; None: still today, what they did)
EXPERIENCES = [
    ("Aiuto in un bar", "Bar Sole, viale Monza", 2, 1, "Servizio ai tavoli, cassa la domenica."),
    ("Volantinaggio", "", 1, 1, "Zone Loreto e Città Studi, in squadra di quattro."),
    ("Pallavolo con i piccoli", "Oratorio di via Padova", 3, None, "Dodici bambini, due pomeriggi alla settimana."),
    ("Babysitter", "Una famiglia di Lambrate", 2, None, "Compiti, merenda, parco."),
    ("Tirocinio della scuola", "Officina Rota", 2, 2, "Cambio gomme, tagliandi, magazzino."),
]
# (title, where, how many years from the age of fourteen)
SCHOOLS = {
    Education.COMPULSORY: ("Primi due anni delle superiori", "Istituto Marelli", 2),
    Education.QUALIFICATION: ("Qualifica di operatore della ristorazione", "Centro di via Murillo", 3),
    Education.DIPLOMA: ("Diploma di scuola superiore", "Liceo Vittorini", 5),
}
OTHER_SCHOOL = ("Scuola superiore", "Istituto Marelli", 5)
# What somebody of this citizenship speaks at home.
MOTHER_TONGUES = {"EG": "Arabo", "MA": "Arabo", "CN": "Cinese", "UA": "Ucraino", "PE": "Spagnolo", "EC": "Spagnolo",
                  "PK": "Urdu", "SN": "Wolof", "AL": "Albanese", "ML": "Francese", "CI": "Francese"}  # fmt: skip
# What the young person writes, and what the operator answers; empty: it waits still.
THREADS = [
    ("Ciao! Ho mandato il curriculum al panificio. Mi hanno detto di passare giovedì.", "Che bella notizia! Proviamo insieme che cosa dire?"),
    ("Non trovo più il foglio del corso. A che ora comincia?", "Alle 14, in via Dogana 2. Il foglio te lo ristampo io."),
    ("Posso venire con mia sorella?", "Ma certo, vi aspetto."),
    ("Mi hanno preso per la prova!!!", ""),
    ("Lunedì ho la visita, possiamo spostare?", ""),
    ("Grazie per ieri, mi è servito parlarne.", ""),
]  # fmt: skip
# Who asked to be called: how many hours ago, when they can talk.
CALLS = [(57, CallTime.AFTERNOON), (33, CallTime.ANY), (9, CallTime.NOON)]
EARLIER = 4


def profiles(stage: Stage):
    """Who was interviewed has skills and a CV; some write, ask to be called, or wait for an earlier hour."""
    tell_what_they_can_do(stage)
    write_each_other(stage)
    ask_for_calls(stage)
    ask_for_earlier_hours(stage)


def _with_account(stage, *states):
    """The ways in these states whose people have an account of which they may make use, oldest first."""
    ways = Participation.objects.filter(edition=stage.edition, state__in=states, person__user__isnull=False)
    ways = ways.filter(person__anonymised_at=None, person__limited_at=None)
    return ways.select_related("person__user", "operator").order_by("opened_at")


def tell_what_they_can_do(stage: Stage):
    """A few skills after the talk, by the operator; the CV in the evening, by themselves."""
    r = stage.random
    skills = {skill.uri.removeprefix(SKILL_URI): skill for skill in Skill.objects.filter(uri__startswith=SKILL_URI)}
    ways = list(_with_account(stage, *list(ParticipationState)))
    # As whom one signs in from the demo's page: with a CV to look at.
    newest = {way.state: way.pk for way in ways}
    for way in ways:
        talk = way.interviews.exclude(completed_at=None).order_by("completed_at").first()
        if talk is None or (r.random() > SHARE and way.pk != newest[way.state]):
            continue
        then = talk.completed_at + timedelta(minutes=5)
        for key, level, evidence in r.sample(SKILLS, r.randint(2, 4)):
            then += timedelta(minutes=1)
            intake.note_skill(
                person=way.person, skill=skills[key], level=level, evidence=evidence, by=talk.by, now=then
            )
        write_a_cv(stage, way, then + timedelta(hours=r.randint(2, 5)))


def write_a_cv(stage, way, then):
    """Two sentences, school, now and then some work, the languages of home and of school."""
    r, person, now = stage.random, way.person, min(then, stage.now)
    told = {"person": person, "by": person.user, "now": now}
    shown = {"shows_email": True, "shows_phone": r.random() < 0.8, "shows_town": True, "shows_done": True}
    intake.write_cv(values={"about": r.choice(ABOUT), "shows_birth_date": False, **shown}, **told)
    title, place, years = SCHOOLS.get(person.education, OTHER_SCHOOL)
    began = person.birth_date.year + 14
    ended = began + years if began + years <= now.year else None
    school = {"title": title, "place": place, "began": began, "ended": ended}
    intake.add_cv_entry(kind=CvEntryKind.EDUCATION, values=school, **told)
    for title, place, began, ended, text in r.sample(EXPERIENCES, r.randint(0, 2)):
        years = {"began": now.year - began, "ended": None if ended is None else now.year - ended}
        work = {"title": title, "place": place, "text": text, **years}
        intake.add_cv_entry(kind=CvEntryKind.EXPERIENCE, values=work, **told)
    mother = MOTHER_TONGUES.get(person.citizenship)
    spoken = [(mother or "Italiano", LanguageLevel.MOTHER), ("Italiano", LanguageLevel.WELL) if mother else None]
    for language in (*spoken, ("Inglese", r.choice([LanguageLevel.ENOUGH, LanguageLevel.LITTLE]))):
        if language:
            values = {"title": language[0], "level": language[1]}
            intake.add_cv_entry(kind=CvEntryKind.LANGUAGE, values=values, **told)


def write_each_other(stage: Stage):
    """Of each operator's people who are on their way some have written within the last days; a few still wait."""
    ways = _with_account(stage, ParticipationState.IN_PROGRESS, ParticipationState.PLAN_AGREED)
    ways = list(ways.filter(operator__isnull=False, person__merged_into=None))
    for number, way in enumerate(stage.random.sample(ways, min(len(ways), 2 * len(THREADS)))):
        text, answer = THREADS[number % len(THREADS)]
        then = stage.at(stage.now.date() - timedelta(days=1 + number // 3), 16)
        intake.write_message(participation=way, text=text, by=way.person.user, now=then)
        if answer and then.weekday() < 5:
            read = then + timedelta(hours=1)
            intake.read_messages(participation=way, until=then, by=way.operator, now=read)
            intake.write_message(participation=way, text=answer, by=way.operator, now=read)


def ask_for_calls(stage: Stage):
    """For whom no hour was right; one was rung up and did not answer."""
    ways = _with_account(stage, ParticipationState.REGISTERED, ParticipationState.RECEIVED)
    ways = ways.exclude(person__phone="").exclude(
        appointments__state=AppointmentState.BOOKED, appointments__starts_at__gt=stage.now
    )
    for (hours, time), way in zip(CALLS, ways.reverse(), strict=False):
        then = max(stage.now - timedelta(hours=hours), way.opened_at + timedelta(minutes=20))
        call = intake.ask_for_call(
            participation=way, phone=way.person.phone, time=time, by=way.person.user, now=min(then, stage.now)
        )
        if hours == CALLS[0][0]:
            intake.answer_call(
                request=call,
                text="Non risponde, riprovo domani.",
                reached=False,
                by=stage.operators[1],
                now=then + timedelta(minutes=50),
            )


def ask_for_earlier_hours(stage: Stage):
    """Who has the latest hours would like an earlier one."""
    late = Appointment.objects.filter(
        state=AppointmentState.BOOKED,
        slot__isnull=False,
        participation__edition=stage.edition,
        participation__person__user__isnull=False,
        participation__person__email__gt="",
    ).select_related("participation__person__user")
    for talk in late.order_by("-starts_at", "operator__name")[:EARLIER]:
        asked = min(talk.booked_at + timedelta(minutes=3), stage.now)
        intake.ask_for_earlier(appointment=talk, by=talk.participation.person.user, now=asked)
