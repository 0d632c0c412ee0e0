"""An activity in the reader's language where there is a translation; where there is none it says so."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pathways import actions
from pathways.models import OpportunityTranslation
from pathways.translations import MISSING, NAMES, OUTDATED, TEXTS

ARABIC = {
    "title": "نادل للمناسبات",
    "summary": "تتعلم مهنة في أربعين ساعة.",
    "for_whom": "لمن يحب الناس.",
    "what_you_get": "شهادة.",
    "description": "أربعون ساعة خلف البار.",
}
ENGLISH = {name: f"English {name}" for name in TEXTS if name != "what_you_need"}


@pytest.fixture
def translate(course, partner_staff, now):
    def write(language, texts, **more):
        return actions.save_translation(
            opportunity=course, language=language, by=partner_staff, now=now, **texts, **more
        )

    return write


def page(client, course, accept="it", **asked):
    address = f"/opportunita/{course.slug}/"
    return client.get(address, asked, headers={"accept-language": accept}).content.decode()


def test_translated_or_marked(client, course, translate):
    translate("ar", ARABIC)
    html = page(client, course, "ar,it;q=0.5")
    assert f'<h1 lang="ar" dir="rtl">{ARABIC["title"]}</h1>' in html
    for text in ARABIC.values():
        assert text in html
    assert course.description not in html
    assert MISSING["ar"] not in html
    # Nobody translated it into Ukrainian: Italian, marked as such, in words that its reader knows.
    html = page(client, course, "uk")
    assert f'<h1 lang="it" dir="ltr">{course.title}</h1>' in html
    assert '<p class="reading-note" lang="uk" dir="ltr">' in html
    assert MISSING["uk"] in html
    # Who reads Italian, too, is told nothing; who taps a language gets it.
    assert MISSING["uk"] not in page(client, course, "uk,it;q=0.5")
    assert ARABIC["title"] in page(client, course, "it", leggi="ar")
    assert course.description in page(client, course, "ar", leggi="it")
    html = page(client, course, "it")
    assert 'hreflang="ar" href="?leggi=ar"' in html
    assert NAMES["ar"] in html
    assert NAMES["uk"] not in html


def test_the_first_language_that_is_there_is_taken(client, course, translate):
    translate("en", ENGLISH)
    assert "English title" in page(client, course, "ar,en;q=0.8,it;q=0.5")
    assert "English title" in page(client, course, "en-GB")
    html = page(client, course, "it-IT,en;q=0.5")
    assert "English title" not in html
    # What somebody chose for the portal goes before what their browser says.
    client.cookies["django_language"] = "it"
    assert "English title" not in page(client, course, "en")


@pytest.mark.parametrize("asked", ["xx", "", "it'><script>", "AR"])
def test_an_unknown_language_is_none(asked, client, course, translate):
    translate("ar", ARABIC)
    assert f'<h1 lang="it" dir="ltr">{course.title}</h1>' in page(client, course, "it", leggi=asked)


def test_a_changed_original_marks_its_translations(client, course, translate, partner_staff, now):
    translate("ar", ARABIC)
    actions.save_opportunity(opportunity=course, place="Altrove", by=partner_staff, now=now)
    assert OUTDATED["ar"] not in page(client, course, leggi="ar")
    actions.save_opportunity(opportunity=course, summary="Adesso dura di più.", by=partner_staff, now=now)
    html = page(client, course, leggi="ar")
    assert ARABIC["title"] in html
    assert OUTDATED["ar"] in html
    translate("ar", ARABIC)
    assert OUTDATED["ar"] not in page(client, course, leggi="ar")
    # It changed while somebody translated: what they saw is not what stands there now.
    translate("ar", ARABIC, of_text="0" * 32)
    assert OUTDATED["ar"] in page(client, course, leggi="ar")


def test_what_italian_says_must_be_said(course, translate):
    with pytest.raises(ValidationError) as refusal:
        translate("en", ENGLISH | {"description": "  "})
    assert set(refusal.value.error_dict) == {"description"}
    with pytest.raises(ValidationError):
        translate("it", ENGLISH)
    with pytest.raises(ValidationError):
        translate("en", ENGLISH | {"title": "x" * 151})
    assert not OpportunityTranslation.objects.exists()


def test_only_who_writes_the_activity_translates_it(course, translate, other_partner_staff, operator, now):
    translation = translate("en", ENGLISH)
    for stranger in (other_partner_staff, operator):
        with pytest.raises(PermissionDenied):
            actions.save_translation(opportunity=course, language="en", by=stranger, now=now, **ENGLISH)
        with pytest.raises(PermissionDenied):
            actions.remove_translation(translation=translation, by=stranger, now=now)


def test_a_text_from_elsewhere_cannot_write_the_page(client, course, translate):
    translate("en", ENGLISH | {"title": "<script>alert(1)</script>", "description": "<b>x</b>"})
    html = page(client, course, leggi="en")
    assert "<script>alert" not in html
    assert "&lt;b&gt;x" in html


def test_as_many_queries_in_every_language(client, course, translate, django_assert_num_queries):
    with CaptureQueriesContext(connection) as none:
        page(client, course)
    translate("ar", ARABIC)
    for language in ("en", "fr", "es", "uk"):
        translate(language, ENGLISH)
    for asked in ("it", "ar", "uk"):
        with django_assert_num_queries(len(none)):
            page(client, course, leggi=asked)


def test_search_goes_on_in_italian(client, course, translate):
    translate("en", ENGLISH | {"title": "Bartender"})
    actions.renew_search()
    assert course.title not in client.get("/opportunita/", {"q": "bartender"}).content.decode()
    assert course.title in client.get("/opportunita/", {"q": "barman"}).content.decode()


def test_sitemap_names_the_languages(client, course, translate):
    translate("ar", ARABIC)
    sitemap = client.get("/sitemap.xml").content.decode()
    address = f"/opportunita/{course.slug}/?leggi="
    assert 'hreflang="ar" href="http' in sitemap
    assert sitemap.count(address) == 2
