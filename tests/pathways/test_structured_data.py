"""What search engines read: each family has the fields that schema.org's types and Google's guides ask for."""

import json
import re

import pytest

from pathways.enums import Family
from tests import factories
from tests.pathways import ways

# By type, what Google's guides call required (Course list and info, Event, Job training); of the types that they do
# not name, what makes them of use. https://developers.google.com/search/docs/appearance/structured-data
REQUIRED = {
    "Course": {"name", "description", "provider", "offers", "url"},
    "CourseInstance": {"courseMode", "courseWorkload", "startDate", "endDate", "location"},
    "EducationalOccupationalProgram": {"name", "description", "provider", "offers", "programType", "url"},
    "EducationEvent": {"name", "startDate", "location", "eventStatus", "eventAttendanceMode", "organizer", "offers"},
    "Service": {"name", "description", "provider", "serviceType", "url"},
    "VolunteerAction": {"name", "description", "actionStatus", "provider", "location", "target", "url"},
    "Offer": {"category", "price", "priceCurrency", "url"},
    "Organization": {"name"},
    "Place": {"name", "address"},
    "PostalAddress": {"streetAddress", "addressLocality", "addressCountry"},
    "VirtualLocation": {"url"},
    "PeopleAudience": {"suggestedMinAge", "suggestedMaxAge"},
    "EntryPoint": {"urlTemplate"},
}
WITH_DATES = {
    "study": "Course",
    "soft_skills": "Course",
    "self_entrepreneurship": "Course",
    "training": "Course",
    "internship": "EducationalOccupationalProgram",
    "abroad": "EducationalOccupationalProgram",
    "orientation": "EducationEvent",
    "job_shadowing": "EducationEvent",
    "volunteering": "VolunteerAction",
}
WITHOUT_DATES = WITH_DATES | {"orientation": "Service", "job_shadowing": "Service"}


def data_of(client, activity):
    html = client.get(f"/opportunita/{activity.slug}/").content.decode()
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    data = json.loads(block)
    assert data["@context"] == "https://schema.org"
    return data.get("@graph") or [data]


def things(value):
    """Every typed thing in it, however deep."""
    if isinstance(value, list):
        for part in value:
            yield from things(part)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for part in value.values():
            yield from things(part)


@pytest.mark.parametrize("family", Family)
@pytest.mark.parametrize("dates", [0, 2])
def test_required_fields_of_each_family(family, dates, client, partner, edition):
    activity = ways.course(partner, edition, family=family)
    for _n in range(dates):
        factories.RunFactory(opportunity=activity)
    found = data_of(client, activity)
    assert {thing["@type"] for thing in found} == {(WITH_DATES if dates else WITHOUT_DATES)[family]}
    for thing in things(found):
        missing = REQUIRED[thing["@type"]] - thing.keys()
        assert not missing, f"{thing['@type']} lacks {missing}"
        assert all(value not in ("", None, []) for value in thing.values()), thing
    assert "JobPosting" not in json.dumps(found)


def test_nothing_is_made_up(client, partner, edition, now):
    """Each value is the activity's own; a full edition says so; what has no municipio names no town."""
    activity = ways.course(partner, edition, family="training", language="en", municipio=None, place="Via Roma 1, Rho")
    run = factories.RunFactory(opportunity=activity, places=2, places_taken=2, hours="40.5")
    (course,) = data_of(client, activity)
    assert course["name"] == activity.title
    assert course["url"] == f"http://testserver/opportunita/{activity.slug}/"
    assert course["inLanguage"] == "en"
    assert course["provider"]["name"] == partner.name
    (instance,) = course["hasCourseInstance"]
    assert instance["courseWorkload"] == "PT40H30M"
    assert instance["courseMode"] == "Onsite"
    assert instance["startDate"] == run.starts_on.isoformat()
    assert instance["location"]["address"] == "Via Roma 1, Rho"
    assert instance["remainingAttendeeCapacity"] == 0
    assert instance["offers"]["availability"] == "https://schema.org/SoldOut"
    assert instance["offers"]["availabilityEnds"] == run.enrol_by.isoformat()


def test_online_is_no_place(client, partner, edition):
    activity = ways.course(partner, edition, family="orientation", place="Online, in videochiamata")
    factories.RunFactory(opportunity=activity)
    (event,) = data_of(client, activity)
    assert event["location"]["@type"] == "VirtualLocation"
    assert event["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")


def test_a_text_cannot_leave_its_block(client, partner, edition):
    hostile = "</script><script>alert(1)</script> & “<!--”"
    activity = ways.course(partner, edition, title=hostile, summary=hostile)
    (course,) = data_of(client, activity)
    assert course["name"] == hostile
    assert "<script>alert" not in client.get(f"/opportunita/{activity.slug}/").content.decode()
