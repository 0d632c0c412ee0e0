"""What the forms of the regional portal and of UNILAV ask for, in their order, to be copied field by field.

The portal writes into neither: both ask for an operator's own sign-in. What is not kept here says where to get it.
"""

from dataclasses import dataclass

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from internships.enums import EvidenceKind


@dataclass(frozen=True)
class Line:
    """One field of the form. An empty `value` is missing; `ask` says where it comes from when it is not kept here."""

    label: str
    value: str = ""
    ask: str = ""


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[Line]


def unilav(internship) -> list[Part]:
    """The compulsory notice, part by part as its form has them."""
    host, person = internship.unit.host, internship.participation.person
    return [
        Part(_("1. Employer: the host"), [*_host(host), *_unit(internship.unit), _inail(host)]),
        Part(_("2. Worker: the intern"), [*_person(person), *_not_kept(person)]),
        Part(
            _("3. Beginning of the relationship"),
            [
                Line(_("First day"), _day(internship.starts_on)),
                Line(_("Last day"), _day(internship.ends_on)),
                Line(_("Kind of contract"), _("C.01.00 – internship")),
                Line(_("What the intern does"), internship.title),
                Line(_("Collective agreement"), host.agreement),
                Line(_("Hours a week"), _number(internship.weekly_hours)),
            ],
        ),
        Part(
            _("4. Internship: promoter and tutors"),
            [
                Line(_("Promoter"), internship.promoter.name),
                Line(_("Kind of internship"), internship.get_kind_display()),
                Line(_("Promoter’s tutor"), internship.promoter_tutor.name),
                Line(_("Tutor at the host"), internship.host_tutor.name),
            ],
        ),
    ]


def regional_portal(internship, life) -> list[Part]:
    """The registration of an internship with the Region, part by part."""
    host, person = internship.unit.host, internship.participation.person
    training = life.evidence.get(EvidenceKind.SAFETY_TRAINING)
    return [
        Part(
            _("1. Promoter"),
            [
                Line(_("Promoter"), internship.promoter.name),
                Line(_("Promoter’s tutor"), internship.promoter_tutor.name),
                Line(_("E-mail of the tutor"), internship.promoter_tutor.email or ""),
            ],
        ),
        Part(
            _("2. Host"),
            [
                *_host(host),
                Line(_("Public body"), _("yes") if host.is_public else _("no")),
                *_unit(internship.unit),
                Line(_("Employees here"), str(internship.unit.headcount)),
                Line(_("With a permanent contract"), str(internship.unit.permanent_staff)),
                Line(_("Tutor at the host"), internship.host_tutor.name),
            ],
        ),
        Part(_("3. Intern"), _person(person)),
        Part(
            _("4. Training project"),
            [
                Line(_("What the intern learns"), internship.title),
                Line(_("EQF level"), str(internship.eqf_level or "")),
                Line(_("First day"), _day(internship.starts_on)),
                Line(_("Last day"), _day(internship.ends_on)),
                Line(_("Hours a week"), _number(internship.weekly_hours)),
                Line(_("Hours in all"), _number(internship.hours_planned)),
                Line(_("Where from"), internship.get_remote_mode_display()),
                Line(_("Safety training"), f"{training.reference}, {_day(training.on)}" if training else ""),
            ],
        ),
        Part(
            _("5. Insurance"),
            [_inail(host), Line(_("Liability insurance"), _insurance(host))],
        ),
    ]


def _host(host) -> list[Line]:
    return [
        Line(_("Fiscal code or VAT number"), host.vat_number),
        Line(_("Name"), host.name),
        Line(_("Sector (ATECO)"), " ".join(word for word in (host.ateco, host.sector) if word)),
    ]


def _unit(unit) -> list[Line]:
    return [Line(_("Address of the workplace"), unit.address), Line(_("Municipality"), unit.municipality)]


def _inail(host) -> Line:
    return Line(_("INAIL position"), host.inail_position)


def _insurance(host) -> str:
    if not host.liability_policy:
        return ""
    if host.liability_until is None:
        return host.liability_policy
    return _("%(policy)s, until %(day)s") % {"policy": host.liability_policy, "day": _day(host.liability_until)}


def _person(person) -> list[Line]:
    return [
        Line(_("Fiscal code"), person.fiscal_code),
        Line(_("Surname"), person.last_name),
        Line(_("Name"), person.first_name),
        Line(_("Sex"), person.get_gender_display() if person.gender else ""),
        Line(_("Date of birth"), _day(person.birth_date)),
        Line(_("Place of birth"), " ".join(word for word in (person.birth_place, person.birth_country) if word)),
        Line(_("Citizenship"), person.citizenship),
        Line(_("Municipality where they live"), person.municipality),
        Line(_("Highest title"), person.get_education_display() if person.education else ""),
    ]


def _not_kept(person) -> list[Line]:
    """What the form asks for and a promoter does not see here."""
    lines = [Line(_("Address where they live"), ask=_("Ask the intern: it is not kept here."))]
    if person.citizenship and person.citizenship not in EUROPEAN:
        lines.append(Line(_("Permit of stay"), ask=_("Ask the intern to show it: promoters do not see it here.")))
    return lines


# Whose citizens need no permit: European Union, European Economic Area, Switzerland.
EUROPEAN = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "IS",
        "LI",
        "NO",
        "CH",
    ]
)


def _day(day) -> str:
    return date_format(day, "d/m/Y")


def _number(number) -> str:
    return number_format(number.normalize() if number != number.to_integral_value() else int(number))
