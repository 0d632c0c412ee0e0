"""What search engines read about an activity: schema.org, as JSON-LD. Nothing but what its page says.

Which type each family is, and why:

- what is taught in sessions (study, soft skills, one's own business, a trade): Course, an instance for each edition;
- internships, time abroad: EducationalOccupationalProgram. Never JobPosting: a "tirocinio" is no employment under
  Italian law, and search engines want the employer, who is chosen only later;
- orientation, watching a job: EducationEvent for each date; without dates Service, for an event must say when;
- volunteering: VolunteerAction for each date, or one that may begin when it suits.
"""

import json
import re

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from pathways.enums import Family

# As django.utils.html.json_script does: nothing in the text can end the script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
_ONLINE = re.compile(r"\b(online|a distanza|da remoto|videochiamata)\b", re.IGNORECASE)


def structured_data(opportunity, runs, url: str) -> SafeString:
    """The activity as schema.org types, by its family; `runs`: those that still take people, as its page shows them."""
    # The text is Italian whatever the language of the page, and so are the words around it.
    with override("it"):
        found = _WRITERS[opportunity.family](opportunity, runs, url)
    data = {"@context": "https://schema.org"}
    data |= found[0] if len(found) == 1 else {"@graph": found}
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308


def _about(kind, opportunity, url) -> dict:
    return {"@type": kind, "name": opportunity.title, "description": opportunity.summary, "url": url}


def _organisation(opportunity) -> dict:
    return {"@type": "Organization", "name": opportunity.organisation.name}


def _audience(opportunity) -> dict:
    ages = {"suggestedMinAge": opportunity.min_age, "suggestedMaxAge": opportunity.max_age}
    return {"@type": "PeopleAudience", **ages}


def _free(url, run=None) -> dict:
    """It costs nothing; and until when one may ask, and whether there is a place."""
    offer = {"@type": "Offer", "category": "Free", "price": "0", "priceCurrency": "EUR", "url": url}
    if run:
        offer["availability"] = f"https://schema.org/{'InStock' if run.places_left > 0 else 'SoldOut'}"
        offer["availabilityEnds"] = run.enrol_by.isoformat()
    return offer


def _is_online(opportunity) -> bool:
    return bool(_ONLINE.search(opportunity.place))


def _where(opportunity, url) -> dict:
    if _is_online(opportunity):
        return {"@type": "VirtualLocation", "name": opportunity.place, "url": url}
    address = opportunity.place
    if opportunity.municipio:
        # A municipio is one of Milan's: the town is known without its being written.
        address = {
            "@type": "PostalAddress",
            "streetAddress": opportunity.place,
            "addressLocality": "Milano",
            "addressCountry": "IT",
        }
    return {"@type": "Place", "name": opportunity.place, "address": address}


def _hours(run) -> str:
    """How long it takes, as ISO 8601 has it: 40.5 hours are PT40H30M."""
    minutes = int(run.hours * 60)
    return f"PT{minutes // 60}H" + (f"{minutes % 60}M" if minutes % 60 else "")


def _course(opportunity, runs, url) -> list[dict]:
    course = {
        **_about("Course", opportunity, url),
        "inLanguage": opportunity.language,
        "isAccessibleForFree": True,
        "provider": _organisation(opportunity),
        "audience": _audience(opportunity),
        "offers": _free(url),
    }
    if runs:
        course["hasCourseInstance"] = [
            {
                "@type": "CourseInstance",
                "courseMode": "Online" if _is_online(opportunity) else "Onsite",
                "courseWorkload": _hours(run),
                "startDate": run.starts_on.isoformat(),
                "endDate": run.ends_on.isoformat(),
                "location": _where(opportunity, url),
                "maximumAttendeeCapacity": run.places,
                "remainingAttendeeCapacity": max(run.places_left, 0),
                "offers": _free(url, run),
            }
            for run in runs
        ]
    return [course]


def _program(opportunity, runs, url) -> list[dict]:
    program = {
        **_about("EducationalOccupationalProgram", opportunity, url),
        "programType": str(opportunity.get_family_display()),
        "provider": _organisation(opportunity),
        "offers": _free(url),
    }
    if runs:
        # The next dates: a programme has one beginning, unlike a course.
        program |= {
            "startDate": runs[0].starts_on.isoformat(),
            "endDate": runs[0].ends_on.isoformat(),
            "applicationDeadline": runs[0].enrol_by.isoformat(),
            "maximumEnrollment": runs[0].places,
        }
    return [program]


def _events(opportunity, runs, url) -> list[dict]:
    if not runs:
        return [
            {
                **_about("Service", opportunity, url),
                "serviceType": str(opportunity.get_family_display()),
                "provider": _organisation(opportunity),
                "audience": _audience(opportunity),
                "offers": _free(url),
            }
        ]
    mode = "OnlineEventAttendanceMode" if _is_online(opportunity) else "OfflineEventAttendanceMode"
    return [
        {
            **_about("EducationEvent", opportunity, url),
            "startDate": run.starts_on.isoformat(),
            "endDate": run.ends_on.isoformat(),
            "eventStatus": "https://schema.org/EventScheduled",
            "eventAttendanceMode": f"https://schema.org/{mode}",
            "location": _where(opportunity, url),
            "organizer": {**_organisation(opportunity), "url": url},
            "audience": _audience(opportunity),
            "inLanguage": opportunity.language,
            "isAccessibleForFree": True,
            "maximumAttendeeCapacity": run.places,
            "remainingAttendeeCapacity": max(run.places_left, 0),
            "offers": _free(url, run),
        }
        for run in runs
    ]


def _volunteering(opportunity, runs, url) -> list[dict]:
    action = {
        **_about("VolunteerAction", opportunity, url),
        "actionStatus": "https://schema.org/PotentialActionStatus",
        "provider": _organisation(opportunity),
        "location": _where(opportunity, url),
        "target": {"@type": "EntryPoint", "urlTemplate": url},
    }
    return [{**action, "startTime": run.starts_on.isoformat(), "endTime": run.ends_on.isoformat()} for run in runs] or [
        action
    ]


_WRITERS = {
    Family.STUDY: _course,
    Family.SOFT_SKILLS: _course,
    Family.SELF_ENTREPRENEURSHIP: _course,
    Family.TRAINING: _course,
    Family.INTERNSHIP: _program,
    Family.ABROAD: _program,
    Family.ORIENTATION: _events,
    Family.JOB_SHADOWING: _events,
    Family.VOLUNTEERING: _volunteering,
}
