"""Three offers of internships, and who applied: one to answer, one on the shortlist, one invited, one taken."""

from datetime import timedelta

from django.core.files.base import ContentFile
from django.db.models import Exists, OuterRef

from intake.enums import ParticipationState
from intake.models import Participation
from internships import actions as internships
from internships.models import ApplicationLink, Internship
from internships.queries.offers import offer_places
from internships.workflow import OPEN_STATES
from pathways import actions as pathways
from portal.demo.scan import signed_on_paper
from portal.demo.stage import CONTACT, INTERNSHIP_PARTNERS, Stage

OFFERS = (
    (
        "Dietro al bancone, accanto a chi lo fa da anni",
        "Impari a servire, a fare il caffè e a stare con la gente.",
        "Al mattino i caffè, a pranzo la sala. Il tuo tutor è con te per tutto il primo mese, poi fai da te.",
        "Chi ama stare con la gente. Non serve esperienza.",
        "Un mestiere che si trova ovunque, e le competenze scritte nell’attestato.",
    ),
    (
        "In magazzino, con ordine",
        "Impari come arriva, si controlla e riparte la merce.",
        "Ricevi le consegne, le registri al computer, prepari gli ordini con una collega esperta.",
        "Chi è preciso e non vuole stare seduto tutto il giorno.",
        "L’uso del gestionale di magazzino e il corso sul muletto.",
    ),
    (
        "Una giornata accanto a chi ci lavora",
        "Guardi da vicino un mestiere, e provi.",
        "Un giorno intero accanto a una persona esperta: domande libere, e qualcosa da fare con le tue mani.",
        "Chi vuole capire se è la sua strada.",
        "Un’idea chiara, e qualcuno a cui chiedere.",
    ),
)
WORDS = (
    "Mi piace stare con la gente e imparo in fretta. Ho già aiutato mio zio al bar la domenica.",
    "Cerco un posto dove restare. Sono puntuale e mi piace quando le cose sono al loro posto.",
    "Vorrei cominciare da qui: ho letto che cosa fate e mi ci vedo.",
    "Non ho esperienza, ma ho voglia. Mi ha consigliato questo tirocinio la mia operatrice.",
)


def offer_internships(stage: Stage):
    """The first two wait for answers and were answered, the third is still to be published."""
    written = stage.at(stage.now.date() - timedelta(days=9), 10)
    applicants = iter(_applicants(stage))
    for number, words in enumerate(OFFERS):
        offer = _write(stage, number, words, written)
        if offer is None or number == len(OFFERS) - 1:
            continue
        opportunity, code = offer.opportunity, INTERNSHIP_PARTNERS[number]
        pathways.change_state(opportunity=opportunity, verb="submit", by=stage.staff[code], now=written)
        pathways.change_state(opportunity=opportunity, verb="publish", by=stage.admins[code], now=written)
        for turn in range(4 if number == 0 else 2):
            if (participation := next(applicants, None)) is not None:
                _apply(stage, offer, participation, turn, by=stage.staff[code])


def _write(stage, number, words, now):
    """At the next workplace that has a place for it."""
    code, today = INTERNSHIP_PARTNERS[number], stage.now.date()
    for place in stage.workplaces[number * 3 :]:
        if offer_places(place.unit.host, today)[place.unit.pk].most:
            break
    else:
        return None
    title, summary, description, for_whom, what_you_get = words
    return internships.save_offer(
        edition=stage.edition,
        organisation=stage.organisations[code],
        unit=place.unit,
        host_tutor=place.tutor,
        kind="shadowing" if number == len(OFFERS) - 1 else "extracurricular",
        starts_on=today + timedelta(days=35 + 7 * number),
        ends_on=today + timedelta(days=125 + 7 * number),
        apply_by=today + timedelta(days=21),
        weekly_hours=25,
        allowance="500 € al mese" if number < len(OFFERS) - 1 else "Nessuna: è un job shadowing",
        places=1,
        answered_by=stage.staff[code],
        by=stage.staff[code],
        now=now,
        title=title,
        summary=summary,
        description=description,
        for_whom=for_whom,
        what_you_get=what_you_get,
        contact=CONTACT,
        min_age=16,
        max_age=34,
    )


def _applicants(stage) -> list[Participation]:
    """Who is on their way, has an account and no internship: the newest first."""
    going = Internship.objects.filter(participation=OuterRef("pk"), state__in=OPEN_STATES)
    rows = Participation.objects.filter(
        ~Exists(going),
        edition=stage.edition,
        state__in=[ParticipationState.PLAN_AGREED, ParticipationState.IN_PROGRESS],
        person__user__isnull=False,
        person__limited_at=None,
        person__anonymised_at=None,
        person__birth_date__lte=stage.now.date() - timedelta(days=365 * 19),
    )
    return list(rows.select_related("person__user").order_by("-opened_at", "person__birth_date")[:6])


def _apply(stage, offer, participation, turn, *, by):
    sent = stage.at(stage.now.date() - timedelta(days=6 - turn), 18)
    act = {"by": participation.person.user, "now": sent}
    cv = ContentFile(signed_on_paper("Curriculum", "Dimostrazione."), name="cv.pdf")
    application = internships.write_application(
        offer=offer, participation=participation, text=WORDS[turn], upload=cv, **act
    )
    application = internships.send_application(application=application, **act)
    answered = {"application": application, "now": sent + timedelta(days=1), "by": by}
    if turn == 0:
        at = stage.at(stage.now.date() + timedelta(days=2), 15)
        internships.invite(**answered, at=at, place=f"{offer.unit.address}, {offer.unit.municipality}")
    elif turn == 1:
        link = ApplicationLink.objects.get(application=application, revoked_at=None)
        internships.answer_by_link(link=link, answer="meet", now=answered["now"])
    elif turn == 2:
        internships.turn_down(applications=[application], reason="days", by=by, now=answered["now"])
