"""Sara writes an interview while the network, the server or a colleague comes between: nothing is lost."""

import pytest

from foundation.questionnaires import actions as questionnaires
from foundation.questionnaires.files import read
from intake import actions
from intake.models import Interview
from tests.journeys.conftest import NO_ANSWER, assert_accessible, expect, screenshot, tolerate
from tests.journeys.deeds import press

DAYS = "Come passi le giornate in questo periodo?"
KEPT = "Conservato su questo dispositivo"


@pytest.fixture
def interview(edition, participation, operator, settings, now):
    key, title, definition = read(settings.BASE_DIR / "intake" / "questionnaires" / "first-interview.toml")
    questionnaires.load_questionnaire(key=key, title=title, definition=definition, now=now)
    return actions.start_interview(participation=participation, by=operator, now=now)


def path(interview, section="now"):
    return f"/colloqui/{interview.pk}/{section}/"


def stored(section="now"):
    return Interview.objects.get().sheet.answers.get(section, {})


def drafts(page) -> int:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('migwork:draft:')).length")


def nothing_waits(page):
    """All that was typed has arrived. (wait_for_function would need eval, which the pages forbid.)"""
    for _attempt in range(250):
        if drafts(page) == 0:
            return
        page.wait_for_timeout(100)
    # Longer than a save that gets no answer (15 s) and the next attempt after it (5 s).
    raise AssertionError(f"words are still only on the device: {page.locator('#saved').inner_text()}")


def test_the_network_goes_and_comes_back(signed_in, interview, operator, other_operator):
    page = signed_in(operator)
    page.goto(path(interview))
    expect(page.locator("#state-now")).to_contain_text("Solo vista")
    with tolerate(page, NO_ANSWER):
        page.context.set_offline(True)
        page.get_by_label(DAYS).press_sequentially("Al parco")
        expect(page.locator("#saved")).to_contain_text(KEPT)
        assert_accessible(page)
        screenshot(page, "interview-without-network")
        press(page, "Salva e vai avanti")
        expect(page.locator("#saved")).to_contain_text("Adesso non c’è rete")
        assert stored() == {}
        page.context.set_offline(False)
        expect(page.locator("#saved")).to_contain_text("Salvato alle")
    assert stored() == {"days": "Al parco"}
    nothing_waits(page)

    # The lid is closed while the network is away; a colleague writes meanwhile.
    with tolerate(page, NO_ANSWER):
        page.context.set_offline(True)
        page.get_by_label(DAYS).press_sequentially(" e in biblioteca")
        expect(page.locator("#saved")).to_contain_text(KEPT)
        page.goto("about:blank")
        there = signed_in(other_operator)
        there.goto(path(interview))
        there.get_by_label(DAYS).fill("Al parco con il cane")
        nothing_waits(there)
        page.context.set_offline(False)
    page.goto(path(interview))
    expect(page.locator("#saved")).to_contain_text("qualcun altro ha modificato")
    expect(page.get_by_label(DAYS)).to_have_value("Al parco e in biblioteca")
    assert stored() == {"days": "Al parco con il cane"}
    press(page, "Salva")
    expect(page.get_by_role("alert")).to_contain_text("Al parco con il cane")
    page.get_by_label(DAYS).fill("Al parco con il cane e in biblioteca")
    press(page, "Salva e vai avanti")
    expect(page.get_by_role("heading", name="Scuola, formazione e lingue")).to_be_visible()
    nothing_waits(page)
    assert stored() == {"days": "Al parco con il cane e in biblioteca"}


def test_signing_out_leaves_no_word_on_the_device(signed_in, interview, operator):
    page = signed_in(operator)
    page.goto(path(interview))
    page.evaluate(
        "path => localStorage.setItem('migwork:draft:somebody:' + path, JSON.stringify({fields: [], at: Date.now()}))",
        path(interview, "work"),
    )
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    page.locator("form[action$='/logout/'] button").first.evaluate("button => button.click()")
    page.wait_for_url(lambda url: "/colloqui/" not in url)
    assert drafts(page) == 0
    assert "Esci lo stesso?" in asked[0]


def test_nothing_is_lost_when_the_server_dies_in_mid_interview(signed_in, server, interview, operator):
    page = signed_in(operator)
    page.goto(server.url + path(interview))
    page.get_by_label(DAYS).press_sequentially("Lavoro al mercato")
    expect(page.locator("#state-now")).to_contain_text("Da completare")
    nothing_waits(page)
    with tolerate(page, NO_ANSWER):
        server.kill()
        page.get_by_label(DAYS).press_sequentially(" e studio la sera")
        expect(page.locator("#saved")).to_contain_text(KEPT)
        assert stored() == {"days": "Lavoro al mercato"}
        server.start()
        expect(page.locator("#saved")).to_contain_text("Salvato alle", timeout=20_000)
        assert stored() == {"days": "Lavoro al mercato e studio la sera"}

        # It dies between the last key and the button: the browser shows its own page, the words wait.
        server.kill()
        page.get_by_label(DAYS).press_sequentially(".")
        page.goto("about:blank")
        server.start()
    page.goto(server.url + path(interview))
    expect(page.get_by_label(DAYS)).to_have_value("Lavoro al mercato e studio la sera.")
    nothing_waits(page)
    assert stored() == {"days": "Lavoro al mercato e studio la sera."}
