"""Allowances: every case of the rules, corrections after payment, the account, the payer's file."""

from datetime import date, datetime
from decimal import Decimal
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from internships import actions, iban, rules
from internships.allowance import Month, compute
from internships.models import Allowance, BankAccount, RegisterDay
from internships.queries.allowance import sums_of
from internships.queries.timetable import plan_of
from migwork.errors import NotNow
from tests import factories

RULES = rules.shipped()["lombardia-2018"]
MAY = date(2026, 5, 1)
JUNE = datetime(2026, 6, 1, 18, tzinfo=ZoneInfo("Europe/Rome"))
IBAN = "IT60 X054 2811 1010 0000 0123 456"


def paid(**known):
    """The amount of a month of 120 planned hours in days of six, attended wholly unless said otherwise."""
    month = {
        "kind": "extracurricular",
        "is_public": False,
        "planned": Decimal(120),
        "planned_whole": Decimal(120),
        "attended": Decimal(120),
        "longest_day": Decimal(6),
    }
    return compute(Month(**{**month, **known}), RULES)


@pytest.mark.parametrize(
    ("known", "amount"),
    [
        ({}, 500),
        ({"has_meals": True}, 400),
        ({"longest_day": Decimal(4)}, 350),
        ({"longest_day": Decimal("4.25")}, 500),
        ({"longest_day": Decimal(4), "has_meals": True}, 350),
        ({"is_public": True}, 300),
        ({"is_public": True, "has_meals": True}, 300),
        ({"agreed": Decimal(650)}, 650),
        ({"agreed": Decimal(450)}, 500),
        ({"agreed": Decimal(450), "has_meals": True}, 450),
        # Attendance: at, below and above eighty per cent.
        ({"attended": Decimal(96)}, 500),
        ({"attended": Decimal("95.99")}, "399.96"),
        ({"attended": Decimal("96.01")}, 500),
        ({"attended": Decimal(150)}, 500),
        # Never under three hundred: at, below and above.
        ({"attended": Decimal(72)}, 300),
        ({"attended": Decimal("71.75")}, 300),
        ({"attended": Decimal("72.25")}, "301.04"),
        ({"attended": Decimal(6)}, 300),
        ({"is_public": True, "attended": Decimal(6)}, 300),
        # Nothing is due.
        ({"kind": "curricular"}, 0),
        ({"kind": "pcto"}, 0),
        ({"kind": "shadowing"}, 0),
        ({"kind": "summer"}, 500),
        ({"planned": Decimal(0), "attended": Decimal(0)}, 0),
        ({"on_income_support": True}, 0),
        ({"on_income_support": True, "agreed": Decimal(200)}, 500),
        # What the promoter decides.
        ({"attended": Decimal(0)}, None),
        ({"attended": Decimal(0), "absent_month": "nothing"}, 0),
        ({"attended": Decimal(0), "absent_month": "floor"}, 300),
        ({"planned": Decimal(30), "attended": Decimal(30)}, None),
        ({"planned": Decimal(30), "attended": Decimal(30), "part_month": "whole"}, 500),
        ({"planned": Decimal(30), "attended": Decimal(15), "part_month": "whole"}, 300),
        ({"planned": Decimal(30), "attended": Decimal(30), "part_month": "share"}, 125),
        ({"planned": Decimal(30), "attended": Decimal(15), "part_month": "share"}, "62.50"),
        ({"planned": Decimal(30), "attended": Decimal(30), "part_month": "floor"}, 300),
        ({"planned": Decimal(90), "attended": Decimal(90), "part_month": "floor"}, 375),
    ],
)
def test_every_case_of_the_rules(known, amount):
    assert paid(**known).amount == (None if amount is None else Decimal(amount))


def test_the_sum_says_how_it_came_about():
    codes = [step.code for step in paid(attended=Decimal(60), has_meals=True).steps]
    assert codes == ["with_meals", "share", "floor"]
    assert paid(attended=Decimal(60)).steps[1].values == {
        "hours": "60",
        "planned": "120",
        "percent": "50",
        "amount": "250.00",
    }
    assert paid(attended=Decimal(0)).asks == "absent_month"


@pytest.mark.parametrize(
    ("text", "right"),
    [
        (IBAN, True),
        ("it60x0542811101000000123456", True),
        ("IT60X0542811101000000123457", False),
        ("IT60X054281110100000012345", False),
        ("DE89370400440532013000", True),
        ("DE8937040044053201300", False),
        ("non lo so", False),
        ("", False),
    ],
)
def test_an_iban_is_checked(text, right):
    assert iban.is_valid(iban.cleaned(text)) is right


# --- from the register --------------------------------------------------------------


@pytest.fixture
def closed(running, partner_staff):
    """May of an internship that began on the fifth: all its days attended, and closed."""
    for on in plan_of(running).between(MAY, date(2026, 5, 31)):
        factories.RegisterDayFactory(internship=running, on=on, hours=6, recorded_by=partner_staff)
    actions.close_month(internship=running, first=MAY, by=partner_staff, now=JUNE)
    return running


@pytest.fixture
def decide(closed, partner_staff):
    def set_terms(**terms):
        actions.set_terms(internship=closed, terms={"part_month": "whole", **terms}, by=partner_staff, now=JUNE)
        return closed.allowances.order_by("-number").first()

    return set_terms


def test_a_closed_month_waits_for_what_the_promoter_has_to_decide(closed, decide):
    row = closed.allowances.get()
    assert (row.state, row.amount, row.how["asks"]) == ("to_decide", None, "part_month")
    row = decide()
    assert (row.state, row.amount) == ("due", 500)
    assert decide(has_meals=True).amount == 400
    assert closed.allowances.count() == 1


def test_what_is_paid_stays_and_a_correction_is_a_row_of_its_own(closed, decide, partner_staff):
    row = decide()
    pay = {"allowances": [row], "by": partner_staff, "now": JUNE}
    with pytest.raises(ValidationError):
        actions.step_allowances(**pay, verb="pay", paid_on=date(2026, 6, 2))
    actions.step_allowances(**pay, verb="pay", paid_on=date(2026, 6, 1))
    days = list(closed.days.values_list("on", flat=True))
    for on in days[: len(days) // 2]:
        actions.amend_day(internship=closed, on=on, hours=None, reason="Non c'era", by=partner_staff, now=JUNE)
    first, second = closed.allowances.all()
    assert (first.amount, first.state) == (500, "paid")
    assert second.amount < 0
    assert second.amount == sums_of([closed], MAY)[closed.pk].amount - 500
    assert not second.is_due
    with pytest.raises(NotNow):
        actions.step_allowances(**pay, verb="order")


def test_payment_has_its_way(closed, decide, partner_staff, operator, young_person):
    known = {"allowances": [decide()], "now": JUNE}
    for user in (operator, young_person.user):
        with pytest.raises(PermissionDenied):
            actions.step_allowances(**known, verb="order", by=user)
    for verb, state in (("order", "ordered"), ("take_back", "due"), ("order", "ordered")):
        actions.step_allowances(**known, verb=verb, by=partner_staff)
        assert Allowance.objects.get().state == state
    actions.step_allowances(**known, verb="pay", paid_on=JUNE.date(), by=partner_staff)
    assert Allowance.objects.get().paid_by == partner_staff


def test_the_account_is_asked_for_only_when_something_is_due(closed, decide, partner_staff):
    give = {"internship": closed, "iban": IBAN, "holder": "Amina Bianchi", "now": JUNE}
    intern = closed.participation.person.user
    with pytest.raises(NotNow):
        actions.give_account(**give, by=intern)
    decide()
    with pytest.raises(PermissionDenied):
        actions.give_account(**give, by=partner_staff)
    with pytest.raises(ValidationError, match="IBAN"):
        actions.give_account(**{**give, "iban": "IT60X0542811101000000123457"}, by=intern)
    actions.give_account(**give, by=intern)
    assert BankAccount.objects.get().iban == "IT60X0542811101000000123456"
    with connection.cursor() as cursor:
        cursor.execute("SELECT iban || holder FROM internships_bankaccount")
        [raw] = cursor.fetchone()
    assert "0542811101" not in raw
    assert "Bianchi" not in raw


def test_the_payers_file_has_what_is_due_of_ones_own(as_user, closed, decide, partner_staff, other_partner_staff):
    decide()
    actions.give_account(
        internship=closed, iban=IBAN, holder="Amina Bianchi", by=closed.participation.person.user, now=JUNE
    )
    for kind, mark in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")):
        address = reverse("internships:allowance-file", args=["2026-05", kind])
        assert as_user(partner_staff).get(address).content.startswith(mark)
    text = as_user(partner_staff).get(reverse("internships:allowance-file", args=["2026-05", "csv"])).content.decode()
    assert '"IT60X0542811101000000123456";"500.00";"2026-05"' in text
    others = as_user(other_partner_staff).get(reverse("internships:allowance-file", args=["2026-05", "csv"]))
    assert "IT60" not in others.content.decode()
    assert as_user(partner_staff).get("/tirocini/indennita/2026-05/pagamenti.pdf").status_code == 404


def test_many_allowances_are_one_set_of_queries(partner, partner_staff):
    internships, counts = many(partner, partner_staff, 30), []
    for some in (internships[:3], internships[3:]):
        with CaptureQueriesContext(connection) as counted:
            assert actions.compute_allowances(internships=some, first=MAY, now=JUNE) == len(some)
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 10
    assert set(Allowance.objects.values_list("amount", "state")) == {(500, "due")}


def test_after_an_early_end_nothing_is_expected(running, step, partner_staff):
    for day in (5, 6, 7, 8):
        factories.RegisterDayFactory(internship=running, on=date(2026, 5, day), hours=6, recorded_by=partner_staff)
    ended = step(running, "end_early", at=datetime(2026, 5, 8, 18, tzinfo=JUNE.tzinfo), reason="Scuola")
    actions.close_month(internship=ended, first=MAY, by=partner_staff, now=JUNE)
    assert ended.days.count() == 4


def many(partner, partner_staff, how_many):
    """Internships over the whole of May with twenty days each."""
    unit, person = factories.OperatingUnitFactory(), factories.ParticipationFactory()
    internships = [
        factories.InternshipFactory(
            participation=person,
            unit=unit,
            promoter=partner,
            promoter_tutor=partner_staff,
            starts_on=date(2026, 4, 1 + n % 28),
            ends_on=date(2026, 6, 30),
            created_by=partner_staff,
        )
        for n in range(how_many)
    ]
    days = plan_of(internships[0]).between(MAY, date(2026, 5, 31))
    rows = [
        RegisterDay(internship=row, on=on, hours=6, recorded_by=partner_staff, recorded_at=JUNE)
        for row in internships
        for on in days
    ]
    RegisterDay.objects.bulk_create(rows, batch_size=1000)
    return internships


@pytest.mark.slow
def test_five_hundred_allowances_are_linear(partner, partner_staff):
    internships = many(partner, partner_staff, 500)

    def seconds(some):
        began = perf_counter()
        sums = sums_of(some, MAY)
        assert all(found.amount == 500 for found in sums.values())
        return perf_counter() - began

    few = min(seconds(internships[:100]) for _ in range(3))
    all_ = min(seconds(internships) for _ in range(3))
    assert all_ < few * 5 * 1.6
    with CaptureQueriesContext(connection) as counted:
        sums_of(internships, MAY)
    assert len(counted) <= 5
