"""How the register of an internship of the demo is kept: a timetable, the host's link, a closed month, a disputed day."""

from datetime import time, timedelta

from internships import actions as internships
from migwork.months import add_months

MORNING = 9
WORKING_DAYS = range(5)


def begin(internship, staff, started, number):
    """Before the first day. By the number of the person's way: whoever is drawn later stays as they were."""
    if number % 2 == 0:
        ends_at = time(MORNING + int(internship.weekly_hours / 5))
        slots = [internships.Slot(weekday, time(MORNING), ends_at) for weekday in WORKING_DAYS]
        internships.set_timetable(internship=internship, slots=slots, by=staff, now=started)
    if number % 3 == 0:
        internships.send_host_link(tutor=internship.host_tutor, by=staff, now=started)


def keep(internship, staff, stage, last):
    """Of one that goes on: its first month is closed with its allowance; of one of them a day is disputed."""
    then, first = stage.at(last, 19), internship.starts_on.replace(day=1)
    if add_months(first, 1) > last:
        return
    terms = {"part_month": "share", "absent_month": "nothing"}
    internships.set_terms(internship=internship, terms=terms, by=staff, now=then)
    internships.close_month(internship=internship, first=first, by=staff, now=then)
    link = internship.host_tutor.links.filter(revoked_at=None).first()
    day = internship.days.confirmed().filter(on__gte=add_months(first, 1)).order_by("-on").first()
    if link and day and not stage.has_dispute:
        stage.has_dispute = True
        words = "Quel giorno è uscita alle 12 per una visita."
        internships.dispute_day(
            internship=internship, on=day.on, reason=words, link=link, now=then + timedelta(hours=1)
        )
