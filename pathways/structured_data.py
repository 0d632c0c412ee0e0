"""What search engines read about an activity: schema.org, as JSON-LD."""

import json

from django.utils.safestring import SafeString, mark_safe

# As django.utils.html.json_script does: nothing in the text can end the script element.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def structured_data(opportunity, runs, url: str) -> SafeString:
    """The activity as a schema.org Course with an instance for each run."""
    data = {
        "@context": "https://schema.org",
        "@type": "Course",
        "name": opportunity.title,
        "description": opportunity.summary,
        "url": url,
        "isAccessibleForFree": True,
        "provider": {"@type": "Organization", "name": opportunity.organisation.name},
        "audience": {
            "@type": "PeopleAudience",
            "suggestedMinAge": opportunity.min_age,
            "suggestedMaxAge": opportunity.max_age,
        },
        "hasCourseInstance": [
            {
                "@type": "CourseInstance",
                "courseMode": "Onsite",
                "startDate": view.run.starts_on.isoformat(),
                "endDate": view.run.ends_on.isoformat(),
                "location": opportunity.place,
                "maximumAttendeeCapacity": view.run.places,
                "remainingAttendeeCapacity": max(view.run.places_left, 0),
            }
            for view in runs
        ],
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308
