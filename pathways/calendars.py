"""The dates of an activity as a calendar file (RFC 5545).

Moments are written in UTC, so that no calendar has to know when the clocks change in Milan.
"""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from migwork.calendar_files import calendar_of
from migwork.links import absolute_url


def dates_of(opportunity, runs, *, now) -> bytes:
    """Each session of `runs`, with its sessions loaded; of a run without any its days, which take no time."""
    events = []
    for run in runs:
        sessions = run.sessions.all()
        events += [_session(opportunity, session, now) for session in sessions] or [_days(opportunity, run, now)]
    calendar = calendar_of("PUBLISH", events)
    calendar.add("x-wr-calname", opportunity.title)
    return calendar.to_ical()


def _session(opportunity, session, now):
    event = _event(opportunity, f"session-{session.pk}", session.place or opportunity.place, now)
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    return event


def _days(opportunity, run, now):
    event = _event(opportunity, f"run-{run.pk}", opportunity.place, now)
    event.add("dtstart", run.starts_on)
    # The first day after it.
    event.add("dtend", run.ends_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _event(opportunity, key, place, now):
    from icalendar import Event

    event = Event()
    # The same name however often it is taken: a calendar finds by it what it has already.
    event.add("uid", f"{key}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("dtstamp", now)
    event.add("summary", opportunity.title)
    event.add("location", place)
    event.add("url", absolute_url("pathways:opportunity-detail", opportunity.slug))
    asked = {"partner": opportunity.organisation.name, "contact": opportunity.contact}
    event.add("description", _("%(partner)s. Who answers you: %(contact)s") % asked)
    return event
