"""Sara's telephone rings while she does something else: what was said is written down in ten seconds."""

import time

from intake.models import Note
from tests.journeys.conftest import assert_accessible, expect, screenshot


def test_a_note_in_ten_seconds(signed_in, participation, operator):
    page = signed_in(operator)
    page.goto("/accoglienza/")
    page.get_by_label("Cerca una persona per nome").fill("bianchi")
    started = time.monotonic()
    page.get_by_label("Cerca una persona per nome").press("Enter")
    page.get_by_role("link", name="Nota Bianchi Amina").click()
    expect(page.get_by_label("Che cosa è successo?")).to_be_focused()
    page.keyboard.type("Ha chiamato: domani arriva alle undici")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nota salvata.")).to_be_visible()
    assert time.monotonic() - started < 10
    expect(page.get_by_text("Ha chiamato: domani arriva alle undici")).to_be_visible()
    page.get_by_text("Scrivi una nota").click()
    field = page.get_by_label("Che cosa è successo?")
    expect(field).to_be_focused()
    assert_accessible(page)
    screenshot(page, "person-file-note")
    page.get_by_label("Assistente sociale").check()
    field.fill("Incontro fissato per giovedì")
    page.get_by_role("button", name="Salva la nota").click()
    expect(page.get_by_text("Incontro fissato per giovedì")).to_be_visible()
    page.get_by_role("link", name="Correggi", exact=True).first.click()
    expect(page.get_by_label("Assistente sociale")).to_be_checked()
    assert_accessible(page)
    screenshot(page, "note-edit")
    page.get_by_label("Che cosa è successo?").fill("Incontro fissato per venerdì")
    page.get_by_role("button", name="Salva la nota").click()
    expect(page.get_by_text("Nota corretta.")).to_be_visible()
    page.goto(f"/persone/{participation.pk}/?s=colloqui")
    expect(page.get_by_text("Incontro fissato per venerdì")).to_be_visible()
    screenshot(page, "person-file-talks-notes")
    assert Note.objects.filter(corrected_at=None).count() == 1


def test_a_note_without_javascript(new_page, live_server, client, participation, operator, settings):
    client.force_login(operator, backend="accounts.backends.ByPassword")
    page = new_page(java_script_enabled=False)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page.goto(f"/persone/{participation.pk}/")
    page.get_by_text("Scrivi una nota").click()
    page.get_by_label("Che cosa è successo?").fill("Ci siamo visti in corridoio")
    page.get_by_label("Di passaggio").check()
    page.get_by_role("button", name="Salva la nota").click()
    expect(page.get_by_text("Ci siamo visti in corridoio")).to_be_visible()
