"""The desk as it stands today: hours that can be booked, people who have booked some, and a queue at every stage."""

from datetime import datetime, time, timedelta

from intake import actions as intake
from intake.enums import AppointmentKind, AppointmentMode, AppointmentState, Face, GroupKind, ParticipationState
from intake.models import Appointment, Participation, Slot, TalkLanguage
from portal.demo.stage import ROME, Stage
from programme.enums import Tie

DESK = "Informagiovani, via Dogana 2"
# Since when the hours stand in the agenda: some of them are over, and people came.
PUBLISHED = 9
OFFERED_FOR = timedelta(days=120)
# Whose hours (of the operators in their order; None: the desk's), on which days, every how many weeks, from when to
# when, how many minutes each, for which talk, how, where, how many at once.
HOURS = [
    (0, ["MO", "TU", "WE", "TH"], 1, 9, 13, 30, "", AppointmentMode.PLACE, DESK, 1),
    (1, ["TU", "TH"], 1, 14, 18, 60, AppointmentKind.INTERVIEW, AppointmentMode.PLACE, DESK, 1),
    (2, ["MO", "WE", "FR"], 1, 10, 13, 30, "", AppointmentMode.VIDEO, "https://video.example/informagiovani", 1),
    (3, ["WE"], 2, 14, 18, 30, AppointmentKind.PLAN_REVIEW, AppointmentMode.PHONE, "", 1),
    (4, ["TU", "FR"], 1, 9, 12, 45, "", AppointmentMode.PLACE, DESK, 1),
    (None, ["MO", "TU", "WE", "TH", "FR"], 1, 15, 18, 30, AppointmentKind.RECEPTION, AppointmentMode.PLACE, DESK, 2),
]
# What somebody books who stands where they stand, and how many of those who could do.
BOOKS = {
    ParticipationState.REGISTERED: (AppointmentKind.RECEPTION, 0.5),
    ParticipationState.RECEIVED: (AppointmentKind.INTERVIEW, 0.7),
    ParticipationState.PLAN_AGREED: (AppointmentKind.PLAN_REVIEW, 0.5),
    ParticipationState.IN_PROGRESS: (AppointmentKind.PLAN_REVIEW, 0.3),
}
# Who walked in this morning without a word before: when, what for, and how far they have come since.
WALKED_IN = [
    ((8, 50), "Giorgia", "Un timbro sul modulo della scuola", ["call", "receive", "leave"]),
    ((9, 10), "Omar", "Rinnovare il permesso di soggiorno: a chi si chiede?", ["call", "receive"]),
    ((9, 25), "Chen", "Un corso di italiano la sera", ["call"]),
    ((9, 35), "Diego", "Vuole andare a lavorare all’estero", []),
]
STEPS = {"call": intake.call_from_queue, "receive": intake.receive_from_queue, "leave": intake.leave_queue}
MINUTES = timedelta(minutes=4)


# How the operators show themselves: how soon they answer, and what they speak besides Italian.
CARDS = [("same_day", ["en"]), ("day", ["en", "fr"]), ("day", ["ar", "fr"]), ("two_days", []), ("day", ["es"])]
# In which language somebody of this citizenship may like to talk.
SPOKEN = {"EG": "ar", "MA": "ar", "CN": "zh", "UA": "uk", "PE": "es", "EC": "es", "PK": "ur", "SN": "wo"}
# What some add to a tap.
SENTENCES = [
    "Mi sono sentita ascoltata.",
    "Finalmente qualcuno che non ha fretta.",
    "Troppe domande tutte insieme.",
    "Vorrei più corsi la sera.",
    "Grazie per il curriculum!",
    "Sara mi ha spiegato tutto due volte, con calma.",
    "Pensavo peggio.",
    "Ho capito che cosa fare lunedì.",
    "L’ora in video va bene, ma dal vivo è meglio.",
    "Aspettavo da venti minuti.",
    "Mi piacerebbe venire con un’amica.",
]


# Whom the operators met outside and know by a nickname: how many days ago, where, what about.
MET = [
    ("Lupo", 16, "Parco Trotter", "Cerca lavoro in cucina, non ha documenti con sé."),
    ("Stella", 9, "Piazza Selinunte", "Ha lasciato la scuola a ottobre. Torna giovedì."),
    ("Il Rosso", 2, "Campetto di via Padova", ""),
]


# A class that was met, of which some registered, and one whose list fills today.
PUPILS = [("Alice", "Zani"), ("Bruno", "Zambelli"), ("Dalia", "Youssef"), ("Enea", "Vismara"), ("Farah", "Tahiri")]
CLASSES = [("4ª B, Istituto Marelli", 12, 23, PUPILS[:3]), ("5ª A, Liceo Vittorini", 0, None, PUPILS[3:])]


def reception(stage: Stage):
    """Hours are published, booked by young people themselves, and today's queue begins."""
    show_operators(stage)
    publish(stage)
    book(stage)
    end_what_is_over(stage)
    say_how_it_was(stage)
    meet(stage)
    meet_classes(stage)
    queue(stage)


def show_operators(stage: Stage):
    """First name, answer time and languages; no faces, since nobody here exists."""
    known = TalkLanguage.objects.in_bulk()
    for operator, (within, codes) in zip(stage.operators, CARDS, strict=True):
        intake.save_card(
            user=operator,
            called=operator.name.split()[0],
            answers_within=within,
            languages=[known[code] for code in ("it", *codes)],
            by=operator,
            now=stage.at(stage.edition.starts_on, 10),
        )


def publish(stage: Stage):
    """Each operator's hours, and the desk's; one has a day off, another comes later on one day."""
    first = stage.now.date() - timedelta(days=PUBLISHED)
    for who, days, every, opens, closes, minutes, kind, mode, place, capacity in HOURS:
        operator = None if who is None else stage.operators[who]
        hours = intake.publish_availability(
            organisation=stage.city,
            operator=operator,
            rule=f"FREQ=WEEKLY;INTERVAL={every};BYDAY={','.join(days)}",
            opens_at=time(opens),
            closes_at=time(closes),
            minutes=minutes,
            kind=kind,
            mode=mode,
            place=place,
            capacity=capacity,
            first_day=first,
            last_day=first + OFFERED_FOR,
            by=operator or stage.operators[0],
            now=datetime.combine(first, time(), ROME),
        )
        later = hours.slots.filter(starts_at__gt=stage.now + timedelta(days=3)).order_by("starts_at")
        coming = list(dict.fromkeys(slot.starts_at.astimezone(ROME).date() for slot in later))
        if who == 2:
            intake.change_day(availability=hours, day=coming[1], by=operator, now=stage.now)
        elif who == 4:
            late = {"opens_at": time(10, 30), "closes_at": time(12)}
            intake.change_day(availability=hours, day=coming[0], **late, by=operator, now=stage.now)
    intake.write_all_slots(now=stage.now)


def book(stage: Stage):
    """Young people choose hours of one operator each, days before; some of these days are over by now."""
    r = stage.random
    languages = TalkLanguage.objects.in_bulk()
    ways = Participation.objects.filter(edition=stage.edition, state__in=BOOKS, person__user__isnull=False)
    for way in ways.filter(person__anonymised_at=None).select_related("person__user").order_by("opened_at"):
        kind, share = BOOKS[way.state]
        asked = stage.now - timedelta(days=r.randint(1, PUBLISHED - 1)) + timedelta(hours=r.randint(8, 20))
        asked = max(asked, way.opened_at + timedelta(minutes=40))
        if r.random() > share or asked >= stage.now or way.person.limited_at:
            continue
        if way.appointments.filter(kind=kind, state=AppointmentState.BOOKED, starts_at__gt=asked).exists():
            continue
        wanted = _wanted(way, kind, asked, skip=r.randint(0, 12))
        if wanted:
            code = SPOKEN.get(way.person.citizenship, "") if r.random() < 0.6 else ""
            intake.book_slot(
                participation=way,
                slot=wanted,
                kind=kind,
                language=languages.get(code),
                by=way.person.user,
                now=asked,
            )


def _wanted(way, kind, asked, *, skip) -> Slot | None:
    """A free hour with one operator (of the desk's, who is free hangs on keys), at no time they have another."""
    free = Slot.objects.for_way(way, asked).for_kind(kind).filter(operator__isnull=False)
    taken = way.appointments.filter(state=AppointmentState.BOOKED, starts_at__gt=asked)
    for starts_at, ends_at in taken.values_list("starts_at", "ends_at"):
        free = free.exclude(starts_at__lt=ends_at, ends_at__gt=starts_at)
    return free.order_by("starts_at", "operator__name")[skip : skip + 1].first()


def end_what_is_over(stage: Stage):
    """What became of the talks booked in published hours that are over."""
    over = Appointment.objects.filter(
        slot__isnull=False, state=AppointmentState.BOOKED, participation__edition=stage.edition, ends_at__lt=stage.now
    )
    for appointment in over.select_related("participation", "operator").order_by(
        "starts_at", "operator__name", "participation__person__sort_key"
    ):
        verb = "miss" if stage.random.random() < 0.12 else "see"
        intake.record_outcome(appointment=appointment, verb=verb, by=appointment.operator, now=appointment.ends_at)


def say_how_it_was(stage: Stage):
    """A good half of those with an account answered, in the evening of the day or of the next."""
    r = stage.random
    seen = Appointment.objects.filter(
        state=AppointmentState.SEEN, participation__edition=stage.edition, participation__person__user__isnull=False
    )
    free = seen.filter(participation__person__limited_at=None, participation__person__anonymised_at=None)
    for talk in free.select_related("participation__person__user").order_by(
        "starts_at", "operator__name", "participation__person__sort_key"
    ):
        then = talk.ends_at + timedelta(hours=r.randint(3, 30))
        if r.random() > 0.55 or then >= stage.now:
            continue
        face = r.choices([Face.GOOD, Face.SO_SO, Face.BAD], [70, 22, 8])[0]
        told = {"appointment": talk, "by": talk.participation.person.user, "now": then}
        intake.say_how_it_was(face=face, **told)
        if r.random() < 0.2:
            intake.add_sentence(sentence=r.choice(SENTENCES), **told)


def meet(stage: Stage):
    """Outside, by a nickname; one of them twice."""
    for number, (nickname, days, place, text) in enumerate(MET):
        operator = stage.operators[number]
        then = stage.at(stage.now.date() - timedelta(days=days), 17)
        contact = intake.note_contacted(
            organisation=stage.city, nickname=nickname, place=place, text=text, by=operator, now=then
        )
        if number == 0:
            then += timedelta(days=7)
            intake.meet_again(contact=contact, place=place, text="Vuole venire a vedere.", by=operator, now=then)


def meet_classes(stage: Stage):
    """One registered from its list, with how many were there; of the other each has entered their own name."""
    for name, days, heads, pupils in CLASSES:
        day = stage.now.date() - timedelta(days=days)
        then = datetime.combine(day, time(), ROME) + timedelta(hours=0 if days == 0 else 11)
        by = stage.operators[0]
        group = intake.create_group(
            organisation=stage.city,
            name=name,
            kind=GroupKind.SCHOOL,
            on=day,
            topic="Che cosa c’è dopo la scuola",
            by=by,
            now=then,
        )
        for number, (first_name, last_name) in enumerate(pupils):
            born = day.replace(year=day.year - 18, day=1 + number)
            row = {"first_name": first_name, "last_name": last_name, "birth_date": born, "tie": Tie.STUDIES}
            intake.add_to_group(group=group, rows=[row], now=then)
        if heads:
            intake.note_presence(group=group, heads=heads, by=by, now=then)
            intake.register_group(group=group, by=by, now=then)


def queue(stage: Stage):
    """This morning at the desk. Somebody who signed up waits too, and one who has an appointment is there already."""
    today = stage.now.date()

    def at(hour, minute):
        return datetime.combine(today, time(hour, minute), ROME)

    newcomers = Participation.objects.filter(edition=stage.edition, state=ParticipationState.REGISTERED)
    for way in newcomers.filter(person__anonymised_at=None).order_by("-opened_at")[:1]:
        intake.join_queue(participation=way, wants="Prima volta qui", by=stage.operators[4], now=at(9, 40))
    expected = Appointment.objects.filter(state=AppointmentState.BOOKED, starts_at__date=today)
    # Whoever waits already, though they have an appointment later today, does not come twice.
    expected = expected.filter(participation__queue_entries=None)
    for talk in expected.order_by("starts_at", "operator__name").select_related("participation")[:1]:
        entry = intake.join_queue(participation=talk.participation, by=stage.operators[0], now=at(9, 20))
        intake.receive_from_queue(entry=entry, by=stage.operators[3], now=at(9, 30))
    for (hour, minute), name, wants, steps in WALKED_IN:
        then = at(hour, minute)
        operator = stage.operators[minute % 3]
        entry = intake.join_queue(first_name=name, wants=wants, by=stage.operators[0], now=then)
        for step in steps:
            then += MINUTES
            STEPS[step](entry=entry, by=operator, now=then)
