"""What the fields of people and accounts are, for the register; those of the libraries too."""

from datetime import date

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts import hooks
from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.registry import STAFF, TECHNICAL, Field, classify, counted, erased, with_row


def _nobody(row) -> str:
    with override(settings.LANGUAGE_CODE):
        return gettext("Anonymous person")


def coarser_birth_date(person) -> date:
    """A birth date that tells less, with which the person was as old on each day that counts.

    On each such day somebody of that age was born at the latest that many years before; the earliest of
    these days is no earlier than the true one, so that it fits all. Nobody counted: the year alone.
    """
    latest = [
        _years_before(day, person.age_on(day))
        for days in hooks.days_that_count.call(person=person)
        for day in days
        if day >= person.birth_date
    ]
    return min(latest, default=person.birth_date.replace(month=1, day=1))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def classify_fields():
    _classify_people()
    _classify_libraries()


def _classify_people():
    classify(
        "accounts.YoungPerson",
        user=Field(FieldKind.TECHNICAL, Basis.TASK, "file", Erase.DETACH),
        first_name=erased(FieldKind.IDENTITY, to=_nobody),
        last_name=erased(FieldKind.IDENTITY),
        preferred_name=erased(FieldKind.IDENTITY),
        birth_date=Field(FieldKind.IDENTITY, Basis.TASK, "file", Erase.COARSEN, to=coarser_birth_date),
        gender=counted(),
        email=erased(FieldKind.CONTACT),
        phone=erased(FieldKind.CONTACT),
        tie=counted(_("your tie with the territory")),
        municipality=counted(),
        municipio=counted(),
        citizenship=counted(),
        education=counted(),
        employment=counted(),
        language=counted(_("your language")),
        sort_key=erased(FieldKind.TECHNICAL),
        created_at=counted(_("since when we know you")),
    )
    classify(
        "accounts.User",
        password=erased(FieldKind.TECHNICAL, to=lambda row: make_password(None)),
        last_login=erased(FieldKind.TECHNICAL, _("when you last signed in")),
        is_superuser=TECHNICAL,
        email=erased(FieldKind.CONTACT, _("e-mail with which you sign in")),
        phone=erased(FieldKind.CONTACT, _("number with which you sign in")),
        phone_verified=TECHNICAL,
        name=erased(FieldKind.IDENTITY),
        language=TECHNICAL,
        is_active=TECHNICAL,
        is_staff=TECHNICAL,
        date_joined=counted(_("since when you have an account")),
        groups=TECHNICAL,
        user_permissions=TECHNICAL,
    )
    classify("accounts.Membership", user=STAFF, organisation=STAFF, role=STAFF, is_active=STAFF, since=STAFF)


def _classify_libraries():
    account = with_row(FieldKind.TECHNICAL)
    classify("account.EmailAddress", account, email=with_row(FieldKind.CONTACT, _("confirmed e-mail")))
    classify("account.EmailConfirmation", account)
    classify("mfa.Authenticator", account, data=with_row(FieldKind.TECHNICAL, _("your keys to sign in")))
    # Named by its key alone: what it holds is of the portal's making and ends by itself.
    classify("sessions.Session", account)
    classify("admin.LogEntry", TECHNICAL, user=STAFF, object_repr=TECHNICAL)
    for label in ("auth.Permission", "auth.Group", "contenttypes.ContentType"):
        classify(label, TECHNICAL)
