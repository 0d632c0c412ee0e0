"""Calendar files (RFC 5545), as every room writes them."""

CONTENT_TYPE = "text/calendar"


def calendar_of(method: str, events):
    """A calendar of these events; `method`: PUBLISH, or by mail REQUEST and CANCEL."""
    # Loads its time zones: only processes that write calendars pay for it.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//MiG-Work//IT")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return calendar
