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


@transaction.atomic
def save_host(
    *,
    name: str,
    vat_number: str,
    sector: str = "",
    address: str,
    municipality: str,
    headcount: int,
    tutor_name: str,
    tutor_email: str = "",
    tutor_phone: str = "",
    by,
    now: datetime,
) -> Host:
    """Enter a host with its first workplace and its first tutor. By any partner's staff: hosts are common."""
    check_can_keep_hosts(by)
    vat_number = vat.cleaned(vat_number)
    if not vat.is_valid(vat_number):
        raise ValidationError({"vat_number": _("This VAT number is not right: eleven digits, the last checks them.")})
    if known := Host.objects.filter(vat_number=vat_number).first():
        raise NotNow(_("%(host)s is already here: search for it.") % {"host": known.name}, code="known")
    host = Host.objects.create(
        name=name.strip(), vat_number=vat_number, sector=sector.strip(), sort_key=sort_key(name), created_at=now
    )
    OperatingUnit.objects.create(host=host, address=address, municipality=municipality, headcount=headcount)
    _new_tutor(host, tutor_name, tutor_email, tutor_phone)
    record(verb="internships.host_entered", by=by, now=now, on=host)
    return host


@transaction.atomic
def add_unit(*, host, address: str, municipality: str, headcount: int, by, now: datetime) -> OperatingUnit:
    """Another workplace of a host. By any partner's staff."""
    check_can_keep_hosts(by)
    unit = OperatingUnit.objects.create(host=host, address=address, municipality=municipality, headcount=headcount)
    record(verb="internships.unit_added", by=by, now=now, on=host)
    return unit


@transaction.atomic
def add_tutor(*, host, name: str, email: str = "", phone: str = "", by, now: datetime) -> HostTutor:
    """Another tutor at a host. By any partner's staff."""
    check_can_keep_hosts(by)
    tutor = _new_tutor(host, name, email, phone)
    record(verb="internships.host_tutor_added", by=by, now=now, on=host)
    return tutor


def _new_tutor(host, name, email, phone) -> HostTutor:
    try:
        with transaction.atomic():
            return HostTutor.objects.create(host=host, name=name.strip(), email=email.strip(), phone=phone.strip())
    except IntegrityError as error:
        raise as_validation_error(error) from error
