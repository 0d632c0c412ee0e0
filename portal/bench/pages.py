"""The pages that are measured: who asks, where, and how far above the floor it may be."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import second_factor
from accounts.models import User
from intake.actions import start_interview
from intake.enums import ParticipationState
from intake.models import Interview, Participation
from internships.enums import InternshipState
from internships.models import Internship
from migwork.months import add_months
from pathways.enums import Family
from pathways.models import Opportunity, Run
from portal.bench.client import Request
from portal.bench.interviews import Saving, open_interviews
from programme.models import BudgetLine

FORM, LIST, SAVE = 3.5, 5.0, 4.0


@dataclass(frozen=True)
class Page:
    """One measured page: its name, its request, the highest ratio to the floor that it may have."""

    name: str
    request: Request
    limit: float


def cookies_of(user) -> dict:
    """The cookies of a browser in which `user` is signed in."""
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session[second_factor.MARK] = True
    session.save()
    return {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}


CSRF = "c" * 32


def saving(path, user, form: Callable[[int], dict]) -> Request:
    """A form posted again and again; `form(n)` gives its n-th content; answered by a redirect."""
    return Request(
        path,
        cookies={**cookies_of(user), settings.CSRF_COOKIE_NAME: CSRF},
        body=lambda n: urlencode({"csrfmiddlewaretoken": CSRF, **form(n)}),
        expect=302,
    )


def open_interview(participation) -> Interview:
    """One that is being written with this person, begun now if there is none."""
    found = participation.interviews.filter(completed_at=None).first()
    return found or start_interview(participation=participation, by=participation.operator, now=timezone.now())


def first_section(interview) -> str:
    return interview.sheet.questionnaire.definition["sections"][0]["key"]


def month_of_register() -> str:
    """The last whole month of somebody at work: one on which every working day has its hours."""
    this = timezone.localdate().replace(day=1)
    before = add_months(this, -1)
    rows = Internship.objects.filter(promoter__code="cesvip", state=InternshipState.RUNNING)
    whole = rows.filter(starts_on__lte=before).order_by("pk").first()
    row, first = (whole, before) if whole else (rows.order_by("pk").first(), this)
    return reverse("internships:register-month", args=[row.pk, f"{max(first, row.starts_on.replace(day=1)):%Y-%m}"])


def pages() -> list[Page]:
    """Every main page, for the person who uses it, on a row in the middle of the data."""
    under_way = Participation.objects.filter(state=ParticipationState.IN_PROGRESS).select_related("person__user")
    participation = under_way.order_by("pk").first()
    young = participation.person.user
    operator = participation.operator
    coordinator = User.objects.get(email="coordinatore@example.org")
    staff = User.objects.get(email="staff-cesvip@example.org")
    soon = Opportunity.objects.order_by(F("next_start_on").desc(nulls_last=True), "pk")
    opportunity, offer = soon.filter(family=Family.TRAINING).first(), soon.filter(family=Family.INTERNSHIP).first()
    run = Run.objects.filter(opportunity__organisation__code="cesvip", places_taken__gt=0).order_by("pk").first()
    line = BudgetLine.objects.select_related("edition", "partnership__organisation").order_by("-amount").first()
    # One after the other, as in real life: no line is charged with thousands of documents.
    lines = list(BudgetLine.objects.filter(edition=line.edition, partnership=line.partnership).order_by("pk"))
    visitor, me, desk = {}, cookies_of(young), cookies_of(operator)
    city, partner = cookies_of(coordinator), cookies_of(staff)
    catalogue = reverse("pathways:opportunity-list")
    file = reverse("intake:person-file", args=[participation.pk])
    interview = open_interview(participation)
    section = reverse("intake:interview-section", args=[interview.pk, first_section(interview)])
    saved = Saving(open_interviews(operator, besides=interview))
    started = int(time.time())  # a document is entered once, also when the rows of the last time are kept
    return [
        Page("home, visitor", Request("/", visitor), LIST),
        Page("sign-up form", Request(reverse("account_signup"), visitor), FORM),
        Page("sign-in form", Request(reverse("account_login"), visitor), FORM),
        Page("catalogue", Request(catalogue, visitor), FORM),
        Page("catalogue, search", Request(catalogue + "?q=falegnameria", visitor), FORM),
        Page("catalogue, filters", Request(catalogue + "?famiglia=training&municipio=5&posti=1", visitor), FORM),
        Page(
            "catalogue, three facets and a typo",
            Request(catalogue + "?q=falegnamre&famiglia=training&eta=20&lingua=it", visitor),
            FORM,
        ),
        Page("opportunity", Request(reverse("pathways:opportunity-detail", args=[opportunity.slug]), visitor), FORM),
        Page("internship offer", Request(reverse("pathways:opportunity-detail", args=[offer.slug]), visitor), FORM),
        Page("home, young person", Request("/", me), LIST),
        Page("my plan", Request(reverse("intake:my-plan"), me), LIST),
        Page("my data", Request(reverse("accounts:profile"), me), FORM),
        Page("reception list", Request(reverse("intake:reception-list"), desk), LIST),
        Page("person's file", Request(file, desk), FORM),
        Page("person's whole story", Request(file + "?tutto=1", desk), LIST),
        Page("people I follow", Request(reverse("intake:caseload"), desk), LIST),
        Page("people I follow, filtered", Request(reverse("intake:caseload") + "?segnale=silent", desk), LIST),
        Page("messages", Request(reverse("intake:messages"), desk), LIST),
        Page("agenda, week", Request(reverse("intake:agenda") + "?settimana=1", desk), LIST),
        Page("queue of the day", Request(reverse("intake:queue"), desk), LIST),
        Page("interview", Request(section, desk), FORM),
        Page("plan, operator", Request(reverse("intake:plan-edit", args=[participation.pk]), desk), FORM),
        Page("partner's activities", Request(reverse("pathways:activity-list"), partner), LIST),
        Page("run with its people", Request(reverse("pathways:run-detail", args=[run.pk]), partner), LIST),
        Page("internships' board", Request(reverse("internships:board"), partner), LIST),
        Page("internships, late ones", Request(reverse("internships:board") + "?serve=late", partner), LIST),
        Page("month of a register", Request(month_of_register(), partner), LIST),
        Page("dashboard", Request(reverse("reporting:dashboard"), city), LIST),
        Page("figure's rows", Request(reverse("reporting:figure-rows", args=["involved"]), city), LIST),
        Page("budget", Request(reverse("reporting:budget"), city), LIST),
        Page("expenses", Request(reverse("reporting:expense-list"), city), LIST),
        Page("reports", Request(reverse("reporting:report-list"), city), LIST),
        Page(
            "saving my data",
            saving(
                reverse("accounts:profile"),
                young,
                lambda n: {"first_name": "Amina", "last_name": f"Prova {n}", "language": "it"},
            ),
            SAVE,
        ),
        Page("saving a section", saving(saved.path, operator, saved.form), SAVE),
        Page(
            "saving an expense",
            saving(
                reverse("reporting:expense-create") + f"?partner={line.partnership.organisation.code}",
                coordinator,
                lambda n: {
                    "line": lines[n % len(lines)].pk,
                    "supplier": "Prova",
                    "document_number": f"B-{n}-{started}",
                    "document_date": line.edition.starts_on.isoformat(),
                    "description": "Prova",
                    "amount": "0.01",
                    "paid_on": "",
                },
            ),
            SAVE,
        ),
    ]
