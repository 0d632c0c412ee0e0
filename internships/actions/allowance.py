"""Allowances: computed from closed months, decided, given to the payer, paid."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships import iban as ibans
from internships import notifications, rules
from internships.actions.locks import locked
from internships.enums import AllowanceState, Meals
from internships.models import Allowance, AllowanceTerms, BankAccount, Internship
from internships.permissions import check_can_say_days, check_can_work_on
from internships.queries.allowance import sums_of
from internships.workflow import ALLOWANCE
from migwork.errors import NotNow

ZERO = Decimal(0)


@transaction.atomic
def compute_allowances(*, internships: Iterable[Internship], first: date, now: datetime) -> int:
    """Compute the allowances of a closed month anew; how many changed. Called by the actions that change the register.

    What is paid stays as it is: what it should have been more, or less, stands in a row of its own.
    """
    sums = sums_of(internships, first)
    rows: dict = {pk: [] for pk in sums}
    for row in Allowance.objects.select_for_update().filter(internship__in=sums, first=first).order_by("number"):
        rows[row.internship_id].append(row)
    new, changed = [], []
    for pk, found in sums.items():
        paid = [row for row in rows[pk] if row.state == AllowanceState.PAID]
        standing = next((row for row in rows[pk] if row.state != AllowanceState.PAID), None)
        _settle(pk, first, found, paid, standing, now, new, changed)
    Allowance.objects.bulk_create(new)
    Allowance.objects.bulk_update(changed, ["amount", "how", "state", "computed_at", "ordered_at"])
    return len(new) + len(changed)


def _settle(pk, first, found, paid, standing, now, new, changed) -> None:
    """Put the sum of one internship into `new` or `changed`, if it is another than what stands there."""
    how = {"steps": [{"code": step.code, **step.values} for step in found.steps], "asks": found.asks}
    amount = found.amount
    if paid and amount is not None:
        before = sum((row.amount for row in paid), ZERO)
        how["before"] = str(before)
        amount -= before
    state = AllowanceState.TO_DECIDE if amount is None else AllowanceState.DUE
    if standing is None:
        if not paid or amount:
            number = len(paid) + 1
            new.append(
                Allowance(
                    internship_id=pk, first=first, number=number, amount=amount, how=how, state=state, computed_at=now
                )
            )
    elif (standing.amount, standing.how) != (amount, how):
        standing.amount, standing.how, standing.state = amount, how, state
        standing.computed_at, standing.ordered_at = now, None
        changed.append(standing)


@transaction.atomic
def set_terms(*, internship, terms: dict, by, now: datetime) -> AllowanceTerms:
    """Say meals, income support, an agreed amount, and what holds for part months and months without attendance.

    By the promoter's staff. What is not paid yet is computed anew.
    """
    internship = locked(internship)
    check_can_work_on(by, internship)
    if not rules.values(internship.starts_on).is_for("allowance.full", internship.kind):
        raise NotNow(_("Internships of this kind have no allowance."), code="unpaid")
    row, _new = AllowanceTerms.objects.update_or_create(
        internship=internship, defaults={**terms, "decided_at": now, "decided_by": by}
    )
    for month in internship.months.all():
        compute_allowances(internships=[internship], first=month.first, now=now)
    _note(internship, "internships.allowance_terms_set", by, now, ["allowance_terms"])
    return row


def promise_allowance(project, *, now: datetime) -> None:
    """What all have signed holds for the allowance; what the promoter has decided already stays. Of a locked project.

    Decided by who signed for the promoter.
    """
    if not project.allowance:
        return
    terms = {"agreed": project.allowance, "has_meals": project.meals in (Meals.VOUCHERS, Meals.CANTEEN)}
    decided = {"decided_at": now, "decided_by": project.promoter_signer}
    AllowanceTerms.objects.get_or_create(internship=project.internship, defaults={**terms, **decided})


@transaction.atomic
def give_account(*, internship, iban: str, holder: str, by, now: datetime) -> BankAccount:
    """Say where one's allowance goes. By the intern, once something is due: before, it is nobody's business."""
    internship = locked(internship)
    check_can_say_days(by, internship)
    if not internship.allowances.filter(amount__gt=0).exclude(state=AllowanceState.PAID).exists():
        raise NotNow(_("Nothing is to be paid yet: then we ask for it."), code="nothing_due")
    iban = ibans.cleaned(iban)
    if not ibans.is_valid(iban):
        raise ValidationError({"iban": _("This IBAN is not right: look at each sign again.")})
    row, _new = BankAccount.objects.update_or_create(
        internship=internship,
        defaults={"iban": iban, "holder": holder.strip(), "given_at": now, "given_by": by},
    )
    _note(internship, "internships.account_given", by, now, ["bank_account"])
    return row


@transaction.atomic
def step_allowances(
    *, allowances: Iterable, verb: str, paid_on: date | None = None, seen: dict | None = None, by, now: datetime
) -> int:
    """Take one step of the payment for these: `order`, `pay` or `take_back`; how many. By the promoter's staff.

    `seen` are the amounts that the page showed, by key: who pays has paid those. NotNow when one of them is another
    now, or cannot take the step: then none does.
    """
    keys = [getattr(row, "pk", row) for row in allowances]
    rows = Allowance.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    rows = list(rows.select_related("internship__participation", "internship__unit__host"))
    if verb == "pay" and (paid_on is None or paid_on > timezone.localdate(now)):
        raise ValidationError({"paid_on": _("Say on which day it was paid: today or before.")})
    for row in rows:
        check_can_work_on(by, row.internship)
        if seen is not None and seen.get(row.pk) != row.amount:
            raise NotNow(_("One of these sums has changed meanwhile: look at them again."), code="meanwhile")
        if verb == "pay" and paid_on < row.first:
            raise ValidationError({"paid_on": _("Say on which day it was paid: not before its month.")})
        row.state = ALLOWANCE.target(row.state, verb)
        row.ordered_at = None if verb == "take_back" else row.ordered_at or now
        row.paid_on, row.paid_by = (paid_on, by) if verb == "pay" else (None, None)
        row.save(update_fields=["state", "ordered_at", "paid_on", "paid_by"])
        _note(row.internship, f"internships.{STEPS[verb]}", by, now, ["allowances"])
        if verb == "pay":
            notifications.tell_paid(row, now=now)
    return len(rows)


# The event that each step leaves behind.
STEPS = {"order": "allowance_ordered", "pay": "allowance_paid", "take_back": "allowance_taken_back"}


def _note(internship, verb, by, now, fields) -> None:
    record(verb=verb, by=by, now=now, on=internship, about=internship.participation.person_id, fields=fields)
