"""The catalogue for other programs: Atom, sitemap, calendar files; each read by a library that is not ours."""

from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.contrib.sitemaps import Sitemap
from icalendar import Calendar

from pathways import actions
from pathways.models import Opportunity
from portal import sitemaps
from tests import factories
from tests.pathways import ways

FEED = "/opportunita/feed/"
SITE = "https://giovani.example"


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


def parsed(client, **asked):
    answer = client.get(FEED, asked)
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    return feed


@pytest.fixture
def joinery(partner, edition, now):
    return ways.course(partner, edition, title="Falegname <per> un giorno & più", municipio=3, family="training")


def test_atom_of_a_search_is_read_by_a_third_library(client, joinery, course, partner_staff, partner_admin, now):
    actions.renew_search()
    Opportunity.objects.filter(pk=course.pk).update(family="study")
    entries = {entry.title for entry in parsed(client).entries}
    assert entries == {"Falegname <per> un giorno & più", "Barman per eventi"}

    feed = parsed(client, q="falegname", famiglia="training", municipio="3")
    assert feed.feed.title == "MiG-Work: attività · «falegname» · Imparare un mestiere · Municipio 3"
    assert feed.feed.id == f"{SITE}{FEED}?q=falegname&famiglia=training&municipio=3"
    assert feed.feed.language == "it"
    (entry,) = feed.entries
    assert entry.title == "Falegname <per> un giorno & più"
    assert entry.link == f"{SITE}/opportunita/{joinery.slug}/"
    assert entry.id == f"tag:giovani.example,2020:opportunita/{joinery.pk}"
    assert entry.author == "CE.SVI.P"
    assert [tag.term for tag in entry.tags] == ["Imparare un mestiere"]
    assert datetime(*entry.updated_parsed[:6], tzinfo=UTC) == joinery.updated_at.replace(microsecond=0)
    assert not parsed(client, q="falegname", municipio="4").entries

    # Changed: the same entry, updated. Off the catalogue: gone.
    later = now + timedelta(days=2)
    actions.save_opportunity(opportunity=joinery, title="Ebanista", by=partner_staff, now=later)
    (entry,) = parsed(client, q="ebanista").entries
    assert entry.id == f"tag:giovani.example,2020:opportunita/{joinery.pk}"
    assert datetime(*entry.updated_parsed[:6], tzinfo=UTC) == later.replace(microsecond=0)
    actions.change_state(opportunity=joinery, verb="expire", by=partner_staff, now=later)
    assert not parsed(client, q="ebanista").entries


def test_what_came_in_last_stands_first(client, joinery, course, partner_staff, partner_admin, now):
    for n, activity in enumerate((course, joinery, course)):
        for verb in ("expire", "publish"):
            moment = now + timedelta(days=n)
            actions.change_state(opportunity=activity, verb=verb, by=partner_admin, now=moment)
    assert [entry.title for entry in parsed(client).entries] == [course.title, joinery.title]
    assert len({entry.id for entry in parsed(client).entries}) == 2


def test_who_has_a_feed_already_is_told_so(client, joinery, course, partner_staff, now, django_assert_num_queries):
    first = client.get(FEED)
    assert first["Last-Modified"]
    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(FEED, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    actions.save_opportunity(opportunity=course, title="Altro", by=partner_staff, now=now + timedelta(days=1))
    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.get(FEED, headers={"if-modified-since": first["Last-Modified"]}).status_code == 200
    # What changes with the day or with places has no moment of its own.
    assert "Last-Modified" not in client.get(FEED, {"posti": "1"})
    with django_assert_num_queries(1):
        client.get(FEED)
    with django_assert_num_queries(2):
        client.get(FEED, {"q": "barman"})


def test_the_catalogue_names_its_feed_and_no_home_or_plan_is_in_it(client, course):
    html = client.get(
        "/opportunita/", {"eta": "20", "vicino": "3", "azione": "0190a1b2-0000-7000-8000-000000000000"}
    ).content.decode()
    assert f'type="application/atom+xml" title="Che cosa c’è di nuovo per questa ricerca" href="{FEED}?eta=20"' in html
    assert html.count(f'href="{FEED}?eta=20"') == 2


# --- sitemap -------------------------------------------------------------------


def addresses(client, path="/sitemap.xml"):
    root = ElementTree.fromstring(client.get(path).content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    kind = root.tag.rpartition("}")[2]
    child = {"urlset": "url", "sitemapindex": "sitemap"}[kind]
    return {
        item.find("s:loc", space).text: getattr(item.find("s:lastmod", space), "text", None)
        for item in root.findall(f"s:{child}", space)
    }


def test_one_document_bears_all_parts():
    limits = sitemaps.Activities.limit + sitemaps.Paths.limit + len(sitemaps.PAGES)
    assert limits <= Sitemap.limit == 50_000


def test_sitemap(client, joinery, course, partner_staff, now, monkeypatch):
    draft = ways.course(course.organisation, course.edition, state="draft")
    actions.save_opportunity(opportunity=course, place="Altrove", by=partner_staff, now=now + timedelta(days=3))
    found = addresses(client)
    assert found[f"{SITE}/opportunita/{course.slug}/"] == f"{(now + timedelta(days=3)).date()}"
    assert f"{SITE}/opportunita/{joinery.slug}/" in found
    assert f"{SITE}/opportunita/{draft.slug}/" not in found
    assert {f"{SITE}/", f"{SITE}/che-cose/", f"{SITE}/privacy/"} <= set(found)
    # All of them are there, for whoever comes without an account.
    for address in found:
        assert client.get(address.removeprefix(SITE)).status_code == 200

    # More than one document bears: an index, whose parts hold them all.
    monkeypatch.setattr(sitemaps.Activities, "limit", 1)
    parts = addresses(client)
    assert len(parts) == 4
    seen = {}
    for part in parts:
        seen |= addresses(client, "/" + part.split("/", 3)[3])
    assert set(seen) == set(found)


@pytest.mark.parametrize(("demo", "rule"), [(True, "Disallow: /\n"), (False, "Disallow: /opportunita/?\n")])
def test_robots_are_told_where_the_sitemap_is(client, settings, demo, rule, db):
    settings.DEMO = demo
    text = client.get("/robots.txt").content.decode()
    assert rule in text
    assert f"Sitemap: {SITE}/sitemap.xml\n" in text


# --- calendar ------------------------------------------------------------------


def events(client, course, **asked):
    answer = client.get(f"/opportunita/{course.slug}/calendario.ics", asked)
    assert answer["Content-Type"].startswith("text/calendar")
    assert f"{course.slug}.ics" in answer["Content-Disposition"]
    return list(Calendar.from_ical(answer.content).walk("vevent"))


def test_calendar_file(client, course, now):
    """Right in UTC on both sides of the night in which summer time ends; called off dates are not in it."""
    run = factories.RunFactory(opportunity=course, starts_on=date(2026, 10, 24), ends_on=date(2026, 10, 26))
    for day, place in ((date(2026, 10, 24), ""), (date(2026, 10, 26), "Aula, piano 2; scala B")):
        start = ways.at(day, 14)
        factories.SessionFactory(run=run, starts_at=start, ends_at=start + timedelta(hours=4), place=place)
    off = factories.RunFactory(opportunity=course, state="cancelled")
    factories.SessionFactory(run=off)
    before, after = events(client, course)
    assert before["dtstart"].dt == datetime(2026, 10, 24, 12, tzinfo=UTC)
    assert after["dtstart"].dt == datetime(2026, 10, 26, 13, tzinfo=UTC)
    assert after["dtend"].dt == datetime(2026, 10, 26, 17, tzinfo=UTC)
    assert (before["location"], after["location"]) == (course.place, "Aula, piano 2; scala B")
    assert before["summary"] == course.title
    assert before["url"] == f"{SITE}/opportunita/{course.slug}/"
    # The same when it is taken again, so that a calendar does not show it twice.
    assert [event["uid"] for event in events(client, course)] == [before["uid"], after["uid"]]
    assert before["uid"] != after["uid"]


def test_calendar_of_one_edition_and_of_days_without_sessions(client, course, run, now):
    other = factories.RunFactory(opportunity=course)
    (event,) = events(client, course, edizione=str(other.pk))
    assert event["dtstart"].dt == other.starts_on
    assert event["dtend"].dt == other.ends_on + timedelta(days=1)
    assert len(events(client, course)) == 2
    page = f"/opportunita/{course.slug}/calendario.ics"
    for asked in ("no-key", "0190a1b2-0000-7000-8000-000000000000"):
        assert client.get(page, {"edizione": asked}).status_code == 404
    assert f'href="{page}?edizione={run.pk}"' in client.get(f"/opportunita/{course.slug}/").content.decode()


def test_no_dates_no_calendar(client, course):
    assert client.get(f"/opportunita/{course.slug}/calendario.ics").status_code == 404
