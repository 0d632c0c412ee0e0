"""Hosts, their workplaces and tutors."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from internships import vat
from internships.models import Host, HostTutor, OperatingUnit
from internships.permissions import check_can_keep_hosts
from migwork.db import as_validation_error
from migwork.errors import NotNow
from migwork.text import sort_key

# What can be changed of each; a host's VAT number says who it is, and stays.
OF_HOST = {
    *("name", "sector", "ateco", "is_public", "is_seasonal", "agreement", "agreement_hours"),
    *("inail_position", "liability_policy", "liability_until", "insolvent_from"),
}
OF_UNIT = {
    *("address", "municipality", "headcount", "permanent_staff"),
    *("dismissals_on", "short_time_from", "short_time_to"),
}
OF_TUTOR = {"name", "email", "phone"}


@transaction.atomic
def save_host(
    *,
    name: str,
    vat_number: str,
    address: str,
    municipality: str,
    headcount: int,
    permanent_staff: int = 0,
    tutor_name: str,
    tutor_email: str = "",
    tutor_phone: str = "",
    by,
    now: datetime,
    **more,
) -> Host:
    """Enter a host with its first workplace and its first tutor. By any partner's staff: hosts are common.

    `more`: what else is known of the host, see OF_HOST. NotNow when its VAT number is known, also when two enter it
    at the same moment.
    """
    check_can_keep_hosts(by)
    vat_number = vat.cleaned(vat_number)
    if not vat.is_valid(vat_number):
        raise ValidationError({"vat_number": _("This VAT number is not right: eleven digits, the last checks them.")})
    _check_unknown(vat_number)
    try:
        with transaction.atomic():
            host = Host.objects.create(
                name=name.strip(),
                vat_number=vat_number,
                sort_key=sort_key(name),
                created_at=now,
                **_known(more, OF_HOST - {"name"}),
            )
    except IntegrityError as error:
        _check_unknown(vat_number)
        raise as_validation_error(error) from error
    _saved(
        OperatingUnit(
            host=host,
            address=address,
            municipality=municipality,
            headcount=headcount,
            permanent_staff=permanent_staff,
        )
    )
    _new_tutor(host, tutor_name, tutor_email, tutor_phone)
    record(verb="internships.host_entered", by=by, now=now, on=host)
    return host


def _check_unknown(vat_number):
    if known := Host.objects.filter(vat_number=vat_number).first():
        raise NotNow(_("%(host)s is already here: search for it.") % {"host": known.name}, code="known")


@transaction.atomic
def change_host(*, host, by, now: datetime, **changes) -> Host:
    """Correct what is known of a host, see OF_HOST. By any partner's staff; the event names what changed."""
    check_can_keep_hosts(by)
    host = Host.objects.select_for_update().get(pk=host.pk)
    changes = _known(changes, OF_HOST)
    if "name" in changes:
        changes["sort_key"] = sort_key(changes["name"])
    return _changed(host, changes, "internships.host_changed", host, by, now)


@transaction.atomic
def add_unit(*, host, address: str, municipality: str, headcount: int, by, now: datetime, **more) -> OperatingUnit:
    """Another workplace of a host, with what else is known of it (OF_UNIT). By any partner's staff."""
    check_can_keep_hosts(by)
    unit = _saved(
        OperatingUnit(
            host=host, address=address, municipality=municipality, headcount=headcount, **_known(more, OF_UNIT)
        )
    )
    record(verb="internships.unit_added", by=by, now=now, on=host)
    return unit


@transaction.atomic
def change_unit(*, unit, by, now: datetime, **changes) -> OperatingUnit:
    """Correct what is known of a workplace, see OF_UNIT. By any partner's staff."""
    check_can_keep_hosts(by)
    unit = OperatingUnit.objects.select_for_update(of=("self",)).select_related("host").get(pk=unit.pk)
    return _changed(unit, _known(changes, OF_UNIT), "internships.unit_changed", unit.host, by, now)


@transaction.atomic
def add_tutor(*, host, name: str, email: str = "", phone: str = "", by, now: datetime) -> HostTutor:
    """Another tutor at a host. By any partner's staff."""
    check_can_keep_hosts(by)
    tutor = _new_tutor(host, name, email, phone)
    record(verb="internships.host_tutor_added", by=by, now=now, on=host)
    return tutor


@transaction.atomic
def change_tutor(*, tutor, by, now: datetime, **changes) -> HostTutor:
    """Correct the name or the contacts of a host's tutor, see OF_TUTOR. By any partner's staff."""
    check_can_keep_hosts(by)
    tutor = HostTutor.objects.select_for_update(of=("self",)).select_related("host").get(pk=tutor.pk)
    return _changed(tutor, _known(changes, OF_TUTOR), "internships.tutor_details_changed", tutor.host, by, now)


def _new_tutor(host, name, email, phone) -> HostTutor:
    return _saved(HostTutor(host=host, name=name.strip(), email=email.strip(), phone=phone.strip()))


def _known(values: dict, names: set) -> dict:
    """`values` without blanks around texts. TypeError for a name that is none of `names`."""
    if unknown := values.keys() - names:
        raise TypeError(f"Not known: {sorted(unknown)}")
    return {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}


def _changed(row, changes, verb, host, by, now):
    """`row` with what is new in `changes`, and the event with the names of it; nothing new, no event."""
    new = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if new:
        for name, value in new.items():
            setattr(row, name, value)
        _saved(row)
        record(verb=verb, by=by, now=now, on=host, fields=new.keys() - {"sort_key"})
    return row


def _saved(row):
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise as_validation_error(error) from error
    return row
