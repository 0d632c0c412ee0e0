"""Every family of activities, from the search to its outcome: the young person's part, the partner's, the desk's.

A family without a story here fails: the families come from their own table.
"""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django.utils import timezone

from intake.enums import ActionKind, ParticipationState, PlanState, ReferralState
from internships.models import Internship
from pathways import actions
from pathways.enums import Family
from pathways.families import NEEDS
from pathways.models import AccompaniedPath, Enrolment
from tests import factories
from tests.journeys.conftest import assert_accessible, expect, latest_message, screenshot
from tests.journeys.deeds import main
from tests.pathways import ways

STORIES = {}
# Certificates are drawn while the page waits, which on a busy machine takes its time.
PATIENCE = 60_000


def story(*families):
    def tells(function):
        STORIES.update(dict.fromkeys(families, function))
        return function

    return tells


# --- The world that all stories share ------------------------------------------------------


@pytest.fixture
def world(signed_in, participation, partner, edition, operator, partner_staff, young_person, now):
    """Amina with her phone, Sara at the desk, Marta of the partner, and a catalogue with an activity of each family."""
    found = {
        family: ways.course(partner, edition, family=family, title=f"Prova {family.label}".replace("’", " "))
        for family in Family
    }
    ways.course(partner, edition, title="Cucina di casa")  # one more, which the search leaves out
    actions.renew_search()
    return SimpleNamespace(
        activities=found,
        phone=signed_in(young_person.user),
        desk=signed_in(operator),
        marta=signed_in(partner_staff),
        amina=young_person,
        participation=participation,
        operator=operator,
        partner=partner,
        partner_staff=partner_staff,
        today=timezone.localdate(now),
        now=now,
    )


def press(page, name, *, timeout=None, **options):
    main(page).get_by_role("button", name=name, **options).first.click(timeout=timeout)


def follow(page, name, **options):
    main(page).get_by_role("link", name=name, **options).locator("visible=true").first.click()


def says(page, words, **options):
    expect(main(page).get_by_text(words).first).to_be_visible(**options)


def search(world, family):
    """By a word and the family's filter to the page of its activity, which says what it needs."""
    page, activity = world.phone, world.activities[family]
    page.goto("/opportunita/")
    page.get_by_label("Che cosa cerchi?").fill("prova")
    press(page, "Cerca", exact=True)
    says(page, f"{len(Family)} risultati")
    if not page.get_by_label("Che cosa fare").is_visible():
        page.locator("summary", has_text="Filtri").click()
    page.get_by_label("Che cosa fare").select_option(family.value)
    if page.get_by_role("button", name="Applica").is_visible():
        press(page, "Applica")
    says(page, "1 risultato")
    follow(page, activity.title)
    expect(page.get_by_role("heading", level=1)).to_have_text(activity.title)
    says(page, str(NEEDS[family]))
    assert_accessible(page)
    screenshot(page, f"family-{family.value}")


def enrol(world, family):
    """A place in dates that began yesterday, so that the partner's part can follow at once."""
    run = ways.started_run(world.activities[family], world.now, sessions=1)
    search(world, family)
    follow(world.phone, "Iscriviti")
    press(world.phone, "Sì, mi iscrivo")
    expect(world.phone.get_by_role("heading", name="Hai un posto")).to_be_visible()
    assert_accessible(world.phone)
    assert world.activities[family].title in latest_message(world.amina.email)
    return run


def hold(world, run):
    """Marta marks who came and concludes."""
    page = world.marta
    page.goto("/attivita/")
    page.get_by_role("listitem").filter(has_text="Presenze da registrare").get_by_role("link").first.click()
    page.get_by_label("Presente").check()
    assert_accessible(page)
    press(page, "Salva le presenze")
    says(page, "Presenze salvate.")
    page.goto(reverse("pathways:run-detail", args=[run.pk]))
    follow(page, "Concludi")
    assert_accessible(page)
    press(page, "Concludi")
    says(page, "I progetti di chi ha completato sono aggiornati.")


def sees_it_completed(world, family):
    world.phone.goto("/iscrizioni/")
    follow(world.phone, world.activities[family].title)
    expect(world.phone.get_by_role("heading", name="L’hai completato")).to_be_visible()
    assert_accessible(world.phone)
    screenshot(world.phone, f"family-{family.value}-outcome")
    assert Enrolment.objects.get().state == "completed"


def ask(world, family, further):
    """No dates: whom to talk to, and the page on which somebody goes along."""
    search(world, family)
    expect(main(world.phone).get_by_role("link", name="Parla con noi").first).to_be_visible()
    follow(world.phone, further)
    assert_accessible(world.phone)


def begin(world, words):
    """Sara opens the path with Amina."""
    world.desk.goto(reverse("intake:person-file", args=[world.participation.pk]) + "?s=attivita")
    follow(world.desk, words)
    press(world.desk, "Iniziate insieme")


def end(world, outcome):
    """Sara writes how it ended."""
    follow(world.desk, "Come è finita")
    world.desk.get_by_label(outcome).check()
    world.desk.get_by_label("In che giorno").fill(world.today.isoformat())
    assert_accessible(world.desk)
    press(world.desk, "Salva")
    says(world.desk, "Segnato.")


def sees_how_it_ended(world, page, outcome, family):
    world.phone.goto(page)
    says(world.phone, outcome)
    assert_accessible(world.phone)
    screenshot(world.phone, f"family-{family.value}-outcome")


# --- The stories ---------------------------------------------------------------------------


@story(Family.ORIENTATION, Family.SOFT_SKILLS, Family.JOB_SHADOWING, Family.VOLUNTEERING)
def a_few_hours_together(world, family):
    run = enrol(world, family)
    hold(world, run)
    sees_it_completed(world, family)


@story(Family.TRAINING)
def a_course_with_a_certificate(world, family):
    factories.CertificateRuleFactory(opportunity=world.activities[family])
    run = enrol(world, family)
    hold(world, run)
    follow(world.marta, "Attestati")
    press(world.marta, "Rilascia l’attestato a 1 persona", timeout=PATIENCE)
    says(world.marta, "1 attestato è fatto", timeout=PATIENCE)
    sees_it_completed(world, family)
    follow(world.phone, "Il tuo attestato")
    says(world.phone, world.activities[family].title)
    assert_accessible(world.phone)


@story(Family.STUDY)
def back_to_school(world, family):
    ask(world, family, "Tornare a studiare")
    begin(world, "Inizia: tornare a studiare")
    follow(world.desk, "Una scuola da valutare")
    world.desk.get_by_label("Scuola serale").check()
    world.desk.get_by_label("Scuola o ufficio").fill("ITSOS Albe Steiner")
    press(world.desk, "Salva")
    press(world.desk, "Scegli questa")
    says(world.desk, "Scelta fatta.")
    press(world.desk, "La domanda è presentata")
    says(world.desk, "In attesa della risposta della scuola")
    end(world, "Iscrizione fatta")
    sees_how_it_ended(world, "/studio/", "Iscrizione fatta", family)


@story(Family.ABROAD)
def a_journey(world, family):
    ask(world, family, "Partire: estero o volontariato")
    begin(world, "Inizia: estero o volontariato")
    desk = world.desk
    follow(desk, "Scrivi dove e quando")
    desk.get_by_label("Corpo europeo di solidarietà").check()
    desk.get_by_label("Ente che accoglie").fill("Casa Aberta")
    desk.get_by_label("Città e paese").fill("Lisboa, Portogallo")
    desk.get_by_label("Primo giorno").fill(world.today.isoformat())
    desk.get_by_label("Ultimo giorno").fill((world.today + timedelta(days=60)).isoformat())
    desk.get_by_label("Assicurazione con").fill("Cigna")
    desk.get_by_label("Assicurazione valida fino al").fill((world.today + timedelta(days=70)).isoformat())
    press(desk, "Salva")
    says(desk, "Scritto. Guarda la lista.")
    for step in AccompaniedPath.objects.get().steps.filter(kind="document", done_on=None):
        actions.tick_step(step=step, done=True, by=world.operator, now=world.now)
    note_talk(desk, "Incontro prima della partenza", "Zaino e numeri utili: tutto pronto.")
    press(desk, "Partenza avvenuta")
    says(desk, "In viaggio")
    note_talk(desk, "Incontro al ritorno", "Vuole ripartire.")
    end(world, "Soggiorno concluso")
    sees_how_it_ended(world, "/partenza/", "Soggiorno concluso", family)


def note_talk(page, kind, words):
    follow(page, "Annota un incontro")
    page.get_by_label(kind).check()
    page.get_by_label("Che cosa ci siamo detti").fill(words)
    press(page, "Salva")
    says(page, words)


@story(Family.SELF_ENTREPRENEURSHIP)
def a_business(world, family):
    ask(world, family, "La mia idea d’impresa")
    world.phone.get_by_label("La tua idea in una frase").fill("Riparo biciclette nei cortili")
    press(world.phone, "Comincia")
    says(world.phone, "0 parti su 6")
    world.desk.goto(reverse("pathways:path-detail", args=[AccompaniedPath.objects.get().pk]))
    says(world.desk, "Riparo biciclette nei cortili")
    end(world, "Ha aperto la partita IVA")
    sees_how_it_ended(world, "/impresa/", "Ha aperto la partita IVA", family)


@story(Family.INTERNSHIP)
def an_internship(world, family):
    """She asks; Sara has sent her to the partner, who found the place; Marta writes the last day and concludes."""
    search(world, family)
    follow(world.phone, "Parla con noi")
    assert_accessible(world.phone)
    internship = _under_way(world)
    page = world.marta
    page.goto("/tirocini/")
    follow(page, world.amina.full_name)
    follow(page, "Compila il registro")
    page.locator(f'[name="{world.today.isoformat()}"]').fill("6,5")
    assert_accessible(page)
    press(page, "Salva la settimana")
    press(page, "Concludilo")
    says(page, "Completato")
    told = latest_message(world.amina.email)
    assert "Complimenti" in told
    world.phone.goto(re.search(r"http\S+", told)[0])
    says(world.phone, internship.unit.host.name)
    assert_accessible(world.phone)
    screenshot(world.phone, "family-internship-outcome")
    assert Internship.objects.get().state == "completed"


def _under_way(world):
    participation = world.participation
    participation.state = ParticipationState.IN_PROGRESS
    participation.save()
    plan = factories.PlanFactory(participation=participation, state=PlanState.AGREED, agreed_at=world.now)
    step = factories.PlanActionFactory(
        goal=factories.PlanGoalFactory(plan=plan), kind=ActionKind.INTERNSHIP, title="Un tirocinio", state="doing"
    )
    referral = factories.ReferralFactory(
        participation=participation,
        organisation=world.partner,
        plan_action=step,
        sent_by=world.operator,
        state=ReferralState.ACCEPTED,
        answered_at=world.now,
        answered_by=world.partner_staff,
    )
    return factories.InternshipFactory(
        participation=participation,
        promoter=world.partner,
        referral=referral,
        promoter_tutor=world.partner_staff,
        created_by=world.partner_staff,
        state="running",
        starts_on=world.today - timedelta(days=3),
        ends_on=world.today,
    )


@pytest.mark.parametrize("family", list(NEEDS), ids=lambda family: family.value)
def test_from_search_to_outcome(family, world):
    assert family in STORIES, f"no story tells how {family.label} ends"
    STORIES[family](world, family)


def test_every_family_has_its_needs():
    assert list(NEEDS) == list(Family)
