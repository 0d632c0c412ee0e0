"""What is there before the first young person comes: the clock, the staff, what is on offer, the hosts."""

import random
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from accounts.actions import add_member
from accounts.enums import Role
from accounts.models import User
from internships import actions as internships
from internships.models import Host, HostTutor, OperatingUnit
from pathways import actions as pathways
from pathways.models import Opportunity
from portal.demo import names
from portal.demo.scan import signed_on_paper
from programme.models import Edition

ROME = ZoneInfo("Europe/Rome")
ACTIVITIES = Path(__file__).parent / "activities.toml"
TRANSLATIONS = Path(__file__).parent / "translations.toml"
CONTACT = "informagiovani@comune-di-milano.example"
# No course meets on a public holiday of a fixed day, nor on the days around Christmas.
HOLIDAYS = {
    (1, 1),
    (1, 6),
    (4, 25),
    (5, 1),
    (6, 2),
    (8, 15),
    (11, 1),
    (12, 7),
    (12, 8),
    (12, 24),
    (12, 25),
    (12, 26),
    (12, 31),
}
OPERATORS = ["Sara Conti", "Marco Riva", "Leila Amrani", "Paolo Sala", "Irene Motta"]
# Each partner's administrator and a member of staff.
PARTNER_PEOPLE = {
    "codici": ("Anna Berti", "Ugo Landi"),
    "icei": ("Teresa Nava", "Luigi Corti"),
    "invento": ("Giada Pozzi", "Stefano Lodi"),
    "formaper": ("Rosa Zanella", "Franco Bassi"),
    "cesvip": ("Marta Rota", "Dario Mauri"),
    "comunita-nuova": ("Elio Brambilla", "Nora Sessa"),
    "piccolo-principe": ("Lidia Fumagalli", "Ivan Preti"),
    "la-strada": ("Gemma Citterio", "Aldo Pini"),
}
INTERNSHIP_PARTNERS = ["cesvip", "comunita-nuova", "piccolo-principe", "la-strada"]
# Who signs for the hosts.
BOSSES = ["Luigi Ferrari", "Anna Galli", "Bruno Sala", "Elena Costa", "Dario Rota"]
MACRO_OF = {
    "orientation": 2,
    "study": 2,
    "abroad": 2,
    "soft_skills": 3,
    "self_entrepreneurship": 3,
    "volunteering": 3,
    "training": 4,
    "internship": 4,
    "job_shadowing": 4,
}
# Who offers each, its words, its modules in order.
PATHS = [
    (
        "cesvip",
        {
            "title": "Lavorare in un bar",
            "summary": "Dal colloquio al bancone: impari il mestiere e ti presenti a chi assume.",
            "goal": "Alla fine sai lavorare dietro a un bancone, hai un attestato e ti sai presentare a un colloquio.",
        },
        ["Lavorare in gruppo (davvero)", "Barman: il mestiere dietro al bancone", "Prepararsi al colloquio di lavoro"],
    ),
    (
        "formaper",
        {
            "title": "Mettersi in proprio",
            "summary": "Un’idea, i conti, la partita IVA: tre moduli per capire se fa per te.",
            "goal": "Sai dire che cosa vendi, a chi e quanto ti costa, e sai da dove cominciare.",
        },
        ["Dall'idea all'impresa", "Partita IVA: conviene?", "Parlare in pubblico senza tremare"],
    ),
]
TEXTS = ("family", "title", "summary", "description", "for_whom", "what_you_get", "what_you_need", "place", "municipio", "min_age", "max_age", "situations")  # fmt: skip


# Words that are heard at the desk, and what the catalogue calls it.
SYNONYMS = (
    ("barman", "barista", "bartender", "mixologist"),
    ("cuoco", "chef", "cucina"),
    ("mettersi in proprio", "partita IVA", "startup"),
    ("stage", "tirocinio"),
)


@dataclass
class Workplace:
    """Where interns can be, and from when until when some are."""

    unit: OperatingUnit
    tutor: HostTutor
    learns: str
    most: int
    booked: list[tuple[date, date]] = field(default_factory=list)

    def has_room(self, first: date, last: date) -> bool:
        return sum(begins <= last and ends >= first for begins, ends in self.booked) < self.most


class Stage:
    """The demo's world: the same seed and day make the same one, at whatever hour it is loaded.

    So its clock stands at the first moment of the day, and what is drawn by chance hangs neither on
    the wall's clock nor on primary keys, which are random.
    """

    def __init__(self, *, edition: Edition, now: datetime, seed: int):
        self.edition, self.now = edition, datetime.combine(now.astimezone(ROME), time(), ROME)
        self.random = random.Random(seed)
        self.macro = {m.number: m for m in edition.macro_actions.all()}
        partnerships = list(edition.partnerships.select_related("organisation"))
        self.organisations = {p.organisation.code: p.organisation for p in partnerships}
        self.city = next(p.organisation for p in partnerships if p.is_lead)
        self.has_attestation = False
        self.has_dispute = False

    def set_up(self):
        self._staff()
        self._catalogue()
        self._hosts()

    # --- the clock ---------------------------------------------------------------

    def at(self, day: date, hour: int | None = None) -> datetime:
        """A working moment of `day`, in Rome."""
        hour = self.random.randint(9, 17) if hour is None else hour
        return datetime.combine(day, time(hour, self.random.choice([0, 10, 20, 30, 40, 50])), ROME)

    def later(self, moment: datetime, least: int, most: int) -> datetime | None:
        """A working moment some days after `moment`, or None when that is still to come."""
        day = moment.astimezone(ROME).date() + timedelta(days=self.random.randint(least, most))
        if day.weekday() == 6:
            day += timedelta(days=1)
        then = max(self.at(day), moment + timedelta(minutes=30))
        return then if then < self.now else None

    def yesterday_or(self, day: date) -> datetime:
        """A moment of `day`, or of yesterday when that is earlier."""
        return self.at(min(day, self.now.date() - timedelta(days=1)))

    # --- who works here, what is on offer ------------------------------------------------

    def _staff(self):
        start = self.at(self.edition.starts_on, 9)

        def member(name, organisation, role):
            email = f"{name.lower().replace(' ', '.')}@{organisation.code}.example"
            return add_member(email=email, name=name, organisation=organisation, role=role, by=None, now=start)

        self.operators = [member(name, self.city, Role.OPERATOR) for name in OPERATORS]
        self.coordinator = member("Carla Fossati", self.city, Role.COORDINATOR)
        self.admins, self.staff = {}, {self.city.code: self.coordinator}
        for code, (admin, staff) in PARTNER_PEOPLE.items():
            self.admins[code] = member(admin, self.organisations[code], Role.PARTNER_ADMIN)
            self.staff[code] = member(staff, self.organisations[code], Role.PARTNER_STAFF)
        member("Bruno Dossi", self.organisations["icei"], Role.EVALUATOR)
        self.officer = member("Livia Serra", self.city, Role.PRIVACY_OFFICER)
        User.objects.create_superuser("amministrazione@comune-di-milano.example", name="Amministrazione")

    def _catalogue(self):
        with ACTIVITIES.open("rb") as file:
            activities = tomllib.load(file)["activity"]
        created = self.at(self.edition.starts_on + timedelta(days=3))
        self.runs = []
        for activity in activities:
            opportunity = self._describe(activity, created)
            by = self.staff[activity["partner"]]
            pathways.change_state(opportunity=opportunity, verb="submit", by=by, now=created)
            pathways.change_state(opportunity=opportunity, verb="publish", by=self.coordinator, now=created)
            for days in activity["starts"]:
                self.runs.append(self._plan_run(opportunity, activity, self.now.date() + timedelta(days=days), by))
        for words in SYNONYMS:
            pathways.save_synonyms(words=words, by=self.coordinator, now=created)
        self._translate(created)
        self._paths_of_modules(created)
        # Two still wait for the coordinator's yes, so that reviewing can be tried.
        lately = self.at(self.now.date() - timedelta(days=4))
        for like, title in ((12, "Ripara il tuo telefono"), (13, "Teatro per chi non parla")):
            draft = self._describe({**activities[like], "title": title}, lately)
            pathways.change_state(opportunity=draft, verb="submit", by=self.staff["invento"], now=lately)

    def _paths_of_modules(self, now):
        """Activities that lead somewhere one after the other."""
        for code, words, titles in PATHS:
            path = pathways.save_module_path(
                edition=self.edition, organisation=self.organisations[code], by=self.staff[code], now=now, **words
            )
            for title in titles:
                module = Opportunity.objects.get(title=title)
                pathways.arrange_modules(path=path, opportunity=module, verb="add", by=self.staff[code], now=now)
            pathways.change_module_path(path=path, verb="publish", by=self.coordinator, now=now)

    def _translate(self, now):
        with TRANSLATIONS.open("rb") as file:
            translations = tomllib.load(file)["translation"]
        for texts in translations:
            opportunity = Opportunity.objects.get(edition=self.edition, title=texts.pop("of"))
            pathways.save_translation(opportunity=opportunity, by=self.coordinator, now=now, **texts)

    def _describe(self, activity, now):
        return pathways.save_opportunity(
            edition=self.edition,
            organisation=self.organisations[activity["partner"]],
            macro_action=self.macro[MACRO_OF[activity["family"]]],
            contact=CONTACT,
            by=self.staff[activity["partner"]],
            now=now,
            **{name: activity[name] for name in TEXTS if name in activity},
        )

    def _plan_run(self, opportunity, activity, start, by):
        """A run with a session on each of the activity's weekdays until its hours are full."""
        opens, closes = (time.fromisoformat(t) for t in activity["time"].split("-"))
        sessions, day = [], start
        while len(sessions) * (closes.hour - opens.hour) < activity["hours"]:
            if day.weekday() in activity["days"] and (day.month, day.day) not in HOLIDAYS:
                both = (datetime.combine(day, t, ROME) for t in (opens, closes))
                sessions.append((*both, activity["place"]))
            day += timedelta(days=1)
        first, last = sessions[0][0].date(), sessions[-1][0].date()
        planned = max(first - timedelta(days=45), self.edition.starts_on + timedelta(days=4))
        return pathways.plan_run(
            opportunity=opportunity,
            starts_on=first,
            ends_on=last,
            enrol_by=first - timedelta(days=1),
            hours=activity["hours"],
            places=activity["places"],
            sessions=sessions,
            by=by,
            now=min(self.at(planned), self.now),
        )

    def _hosts(self):
        created = self.at(self.edition.starts_on + timedelta(days=10))
        for k, (name, vat, sector, address, headcount, tutor, _learns, _most) in enumerate(names.HOSTS):
            internships.save_host(
                name=name,
                vat_number=vat,
                sector=sector.partition(" ")[2],
                ateco=sector.partition(" ")[0],
                address=address,
                municipality="Milano",
                headcount=headcount,
                tutor_name=tutor,
                tutor_email=f"tutor{k}@impresa.example",
                tutor_phone="",
                by=self.staff[INTERNSHIP_PARTNERS[k % len(INTERNSHIP_PARTNERS)]],
                now=created,
            )
        for k, host in enumerate(Host.objects.order_by("pk")):
            self._agreements(host, BOSSES[k % len(BOSSES)], created)
        rows = {row[0]: row for row in names.HOSTS}
        self.workplaces = [
            Workplace(host.units.first(), host.tutors.first(), *rows[host.name][6:])
            for host in Host.objects.prefetch_related("units", "tutors").order_by("pk")
        ]

    def _agreements(self, host, boss, created):
        """Who signs for the host, and its framework agreements with those who promote internships, signed on paper."""
        staff = self.staff[INTERNSHIP_PARTNERS[0]]
        signer = internships.add_signer(
            host=host, name=boss, position="legale rappresentante", email="firma@impresa.example", by=staff, now=created
        )
        scan = signed_on_paper("Convenzione di tirocinio")
        for code in INTERNSHIP_PARTNERS:
            act = {"by": self.staff[code], "now": created}
            agreement = internships.draft_agreement(
                promoter=self.organisations[code],
                host=host,
                signer=signer,
                valid_from=created.date(),
                valid_to=created.date() + timedelta(days=730),
                **act,
            )
            upload = ContentFile(scan, name="convenzione.pdf")
            internships.sign_agreement_outside(agreement=agreement, upload=upload, signed_on=created.date(), **act)
