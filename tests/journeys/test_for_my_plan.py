"""Amina finds what fits her plan, sees why, and switches off what she does not want used; a search keeps looking."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pathways import actions, search
from pathways.models import KeptSearch, Opportunity
from tests import factories
from tests.journeys.conftest import assert_accessible, expect, latest_message, screenshot
from tests.journeys.deeds import main
from tests.pathways import ways


@pytest.fixture
def offer(partner, edition, coordinator, now):
    """An activity with dates, published at that moment."""

    def make(title, *, at, **fields):
        opportunity = ways.course(partner, edition, title=title, state="in_review", **fields)
        first = timezone.localdate(now) + timedelta(days=20)
        factories.RunFactory(
            opportunity=opportunity, starts_on=first, ends_on=first, enrol_by=first, places=8, planned_at=at
        )
        Opportunity.objects.filter(pk=opportunity.pk).update(search=search.vector(opportunity), next_start_on=first)
        return actions.change_state(opportunity=opportunity, verb="publish", by=coordinator, now=at)

    return make


def test_suggestions_say_why(signed_in, participation, offer, now):
    person = participation.person
    person.municipio = 3
    person.save()
    ways.step_of_plan(participation, title="Imparare la pasticceria", kind="activity")
    offer("Pasticceria del mattino", at=now, family="training", municipio=3)
    offer("Cinema di quartiere", at=now, family="volunteering", municipio=3)
    phone = signed_in(person.user)
    phone.goto("/")
    main(phone).get_by_role("link", name="Attività per il mio progetto").click()
    expect(phone.get_by_role("heading", name="Pasticceria del mattino")).to_be_visible()
    expect(phone.get_by_text("Perché il tuo progetto ha il passo «Imparare la pasticceria».")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "suggestions")
    phone.get_by_label("Dove abiti").uncheck()
    main(phone).get_by_role("button", name="Salva").click()
    expect(phone.get_by_text("Salvato: da ora usiamo questo.")).to_be_visible()
    expect(phone.get_by_role("heading", name="Cinema di quartiere")).not_to_be_visible()
    for name in ("I passi del tuo progetto", "Le ricerche che hai salvato", "Che cosa sai fare"):
        phone.get_by_label(name).uncheck()
    main(phone).get_by_role("button", name="Salva").click()
    expect(phone.get_by_text("I suggerimenti sono spenti")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "suggestions-off")
    phone.get_by_label("I passi del tuo progetto").check()
    main(phone).get_by_role("button", name="Salva").click()
    main(phone).get_by_role("link", name="Pasticceria del mattino").click()
    expect(phone.get_by_role("heading", name="Pasticceria del mattino")).to_be_visible()


def test_a_search_keeps_looking(page, signed_in, participation, offer, now):
    person = participation.person
    phone = signed_in(person.user)
    phone.goto("/ricerche/")
    expect(phone.get_by_text("Non hai ancora salvato ricerche")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "searches-none")
    phone.goto("/opportunita/?q=barman")
    main(phone).get_by_role("link", name="Avvisami quando c’è una novità").click()
    expect(phone.get_by_role("heading", name="Ti avvisiamo delle novità?")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "search-keep")
    main(phone).get_by_role("button", name="Sì, avvisatemi").click()
    expect(phone.get_by_text("Fatto: quando c’è una novità ti scriviamo.")).to_be_visible()
    expect(main(phone).get_by_role("link", name="«barman»")).to_be_visible()
    assert_accessible(phone)
    screenshot(phone, "searches")

    # Kept three days ago; the day after something came, and in the evening one hears of it.
    KeptSearch.objects.update(told_until=now - timedelta(days=3))
    offer("Barman per eventi", at=now - timedelta(days=2))
    evening = timezone.localtime(now - timedelta(days=1)).replace(hour=17, minute=10)
    assert actions.tell_of_news(now=evening) == 1
    text = latest_message(person.email)
    assert "Barman per eventi" in text
    page.goto(text[text.index("/ricerche/ferma/") :].split()[0])
    expect(page.get_by_role("heading", name="Vuoi fermare questa ricerca?")).to_be_visible()
    assert_accessible(page)
    screenshot(page, "search-stop")
    main(page).get_by_role("button", name="Sì, ferma").click()
    expect(page.get_by_role("heading", name="Fermata")).to_be_visible()
    assert not KeptSearch.objects.exists()


def test_stopped_in_ones_list(signed_in, participation):
    person = participation.person
    factories.KeptSearchFactory(person=person, query="q=barman&famiglia=training&municipio=3&eta=17")
    factories.KeptSearchFactory(person=person, query="famiglia=abroad")
    phone = signed_in(person.user)
    phone.goto("/ricerche/")
    main(phone).get_by_role("button", name="Altri sei mesi").last.click()
    expect(phone.get_by_text("Salvata per altri sei mesi.")).to_be_visible()
    screenshot(phone, "searches-two")
    main(phone).get_by_role("button", name="Ferma").first.click()
    expect(phone.get_by_text("Fermata: per questa ricerca non ti scriviamo più.")).to_be_visible()
    assert KeptSearch.objects.get().query == "famiglia=abroad"
