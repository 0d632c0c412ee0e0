"""Every write about people and their accounts."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import contacts, hooks
from accounts.actions import claiming
from accounts.actions.requests import check_not_limited
from accounts.codes import CODE_SECONDS, digest
from accounts.enums import Role
from accounts.models import ClaimCode, Membership, User, YoungPerson
from accounts.permissions import (
    can_correct_addresses,
    can_correct_birth_date,
    can_edit_person,
    can_register_person,
    check,
    is_administrator,
)
from accounts.queries.people import users_at
from accounts.queries.sharing import audience_of
from foundation.communications.actions import forget, queue
from foundation.communications.enums import Channel
from foundation.privacy.actions import note_shown, record
from migwork.errors import NotNow
from migwork.prepared import Prepared
from migwork.text import sort_key
from programme import eligibility
from programme.queries import receiving_edition

# What a young person or an operator may correct later; who signs in with a contact changes it in contact.py, by a code.
CORRECTABLE = (
    "first_name",
    "last_name",
    "preferred_name",
    "gender",
    "birth_place",
    "municipality",
    "municipio",
    "citizenship",
    "education",
    "employment",
    "language",
)

# Two registrations of the same name and birth date within this time are one.
SAME_PERSON_WITHIN = timedelta(minutes=10)

NAME_LENGTH = User._meta.get_field("name").max_length


@transaction.atomic
def register_person(
    *,
    user=None,
    first_name,
    last_name,
    birth_date,
    tie,
    email="",
    phone="",
    preferred_name="",
    gender="",
    municipality="",
    municipio=None,
    citizenship="",
    education="",
    employment="",
    language="it",
    fiscal_code="",
    birth_place="",
    channel="web",
    by=None,
    now,
) -> YoungPerson:
    """Register a young person with the edition that receives people today, and let it open their participation.

    By an operator (`by`), or by the person at sign-up (`by` None, their verified account as `user`).
    NotEligible, with the reasons, when the edition's rules say no; nothing is stored of them then.
    """
    check(can_register_person(by))
    today = timezone.localdate(now)
    phone = _mobile(phone)
    edition = receiving_edition(today)
    if edition is None:
        raise NotNow(_("Sign-up is closed at the moment. Come and see us at Informagiovani."), code="closed")
    eligibility.check(edition, birth_date=birth_date, tie=tie, on=today)
    if by is not None:
        _check_not_twice(sort_key(last_name, first_name), birth_date, now)
    person = YoungPerson.objects.create(
        user=user,
        first_name=first_name,
        last_name=last_name,
        preferred_name=preferred_name,
        birth_date=birth_date,
        gender=gender,
        email=email,
        phone=phone,
        tie=tie,
        municipality=municipality,
        municipio=municipio,
        citizenship=citizenship,
        education=education,
        employment=employment,
        language=language,
        fiscal_code=fiscal_code,
        birth_place=birth_place,
        sort_key=sort_key(last_name, first_name),
        created_at=now,
    )
    record(verb="accounts.person_registered", by=by or user, now=now, on=person, about=person)
    hooks.person_registered.call(person=person, edition=edition, channel=channel, by=by, now=now)
    return person


def _check_not_twice(key, birth_date, now) -> None:
    """A button of the desk pressed twice, or two desks at once, make one person; a namesake later is another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{key}|{birth_date}"])
    if YoungPerson.objects.filter(
        sort_key=key, birth_date=birth_date, created_at__gt=now - SAME_PERSON_WITHIN
    ).exists():
        raise NotNow(_("This person was registered a moment ago: search for them by name."), code="twice")


def _mobile(phone: str) -> str:
    """The number as accounts keep it: an SMS gets there, and the person is known when they sign up with it."""
    try:
        return contacts.mobile(phone) if phone.strip() else ""
    except ValidationError as error:
        raise ValidationError({"phone": error}) from error


_locked_person = Prepared(lambda pk: YoungPerson.objects.select_for_update().filter(pk=pk))


@transaction.atomic
def correct_person(*, person, by, now, **values) -> YoungPerson:
    """Correct what is known of a young person. By themselves or an operator; only what really changed is recorded.

    The birth date, and where to reach whoever has no account, by an operator alone.
    """
    check(can_edit_person(by, person))
    person = _locked_person.first(pk=person.pk)
    if person.user_id != by.pk:
        check_not_limited(person)
    if "phone" in values:
        values["phone"] = _mobile(values["phone"])
    correctable = (*CORRECTABLE, "birth_date", "email", "phone")
    changed = [name for name in correctable if name in values and getattr(person, name) != values[name]]
    if not changed:
        return person
    check("birth_date" not in changed or can_correct_birth_date(by, person))
    check({"email", "phone"}.isdisjoint(changed) or can_correct_addresses(by, person))
    for name in changed:
        setattr(person, name, values[name])
    person.sort_key = sort_key(person.last_name, person.first_name)
    person.save(update_fields=[*changed, "sort_key"])
    if person.user_id and not {"first_name", "last_name", "language"}.isdisjoint(changed):
        User.objects.filter(pk=person.user_id).update(name=person.full_name[:NAME_LENGTH], language=person.language)
    record(verb="accounts.person_corrected", by=by, now=now, on=person, about=person, fields=changed)
    return person


@transaction.atomic
def add_member(*, email, name, organisation, role, by, now) -> User:
    """Make somebody a member of an organisation in a role; opens their account if they have none.

    By an administrator, or by the house itself (`by` None: a command at the console).
    """
    check(by is None or is_administrator(by))
    email = email.lower()
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, name=name, date_joined=now)
    membership, _created = Membership.objects.update_or_create(
        user=user,
        organisation=organisation,
        role=Role(role),
        defaults={"is_active": True},
        create_defaults={"since": now},
    )
    record(verb="accounts.member_added", by=by, now=now, on=membership, fields=["role"])
    return user


@transaction.atomic
def send_sign_up_code(*, attempt, code, channel, address, language, now) -> None:
    """Send the code of a sign-up. Who has an account already is told so in the message, never on the page."""
    queue(
        key=f"accounts:sign-up:{digest(address, code)}",
        channel=channel,
        to=address,
        language=language,
        template="accounts/messages/sign_up_code",
        context={"code": code, "known": users_at(address).exists(), "minutes": CODE_SECONDS // 60},
        cause=f"accounts:sign-up:{attempt}",
        now=now,
    )


@transaction.atomic
def forget_sign_up(*, attempt) -> None:
    """Leave no row of somebody who may not take part: the codes that this attempt sent go too."""
    forget(cause=f"accounts:sign-up:{attempt}")


@transaction.atomic
def sign_up(*, language, notice="", now, **answers) -> tuple[User, bool]:
    """The account of a proven address and whether it is new. By whoever wrote the right code.

    `notice` is the version of the privacy notice that stood on the page: it is noted that they were shown it.
    """
    user, created = _account_of(**answers, language=language, now=now)
    if notice and user.person:
        audience = audience_of(user.person, timezone.localdate(now))
        note_shown(about=user.person, audience=audience, language=language, now=now, version=notice)
    return user, created


def _account_of(
    *,
    first_name,
    last_name,
    birth_date,
    tie,
    channel,
    address,
    language,
    preferred_name="",
    record_of_desk=None,
    claim=None,
    now,
) -> tuple[User, bool]:
    """The account and whether it is new.

    A new account gets its young person: the desk's record that proved to be theirs (`record_of_desk`), the one
    that the desk had made for the same name, birth date and address, or a new one. Who wrote a code on paper (the
    key of it is `claim`) gets its record or nothing. An account that was there is left as it is; its person
    may enter a later edition by signing up again.
    """
    name = f"{first_name} {last_name}"[:NAME_LENGTH]
    user, created = _account_at(channel, address, name=name, language=language, now=now)
    if claim:
        _welcome_back(claiming.claim(code=ClaimCode(pk=claim), user=user, now=now), now)
        del user.person
        return user, created
    if user.person:
        _welcome_back(user.person, now)
        return user, created
    if user.active_memberships or user.is_superuser:
        return user, created
    contact = {"email": user.email or "", "phone": user.phone or ""}
    known = YoungPerson.objects.select_for_update().filter(
        user=None, merged_into=None, birth_date=birth_date, sort_key=sort_key(last_name, first_name)
    )
    # Where home is dangerous its address opens nothing: whoever reads there knows the name and the birth date too.
    theirs = Q(email__iexact=address) if channel == Channel.EMAIL else Q(phone=address)
    known = known.filter(Q(safe_contact=False) & theirs | Q(safe_contact=True, safe_address=address))
    if person := record_of_desk or known.order_by("created_at").first():
        person.user = user
        person.preferred_name = preferred_name or person.preferred_name
        person.email, person.phone = person.email or contact["email"], person.phone or contact["phone"]
        person.save(update_fields=["user", "preferred_name", "email", "phone"])
        record(verb="accounts.person_claimed", by=user, now=now, on=person, about=person)
        _welcome_back(person, now)
    else:
        register_person(
            user=user,
            first_name=first_name,
            last_name=last_name,
            preferred_name=preferred_name,
            birth_date=birth_date,
            tie=tie,
            language=language,
            now=now,
            **contact,
        )
    del user.person
    return user, created


def _welcome_back(person, now) -> None:
    """Let later rooms take a known person into the edition that receives today, if it is for them."""
    today = timezone.localdate(now)
    edition = receiving_edition(today)
    if edition and not eligibility.reasons_against(edition, birth_date=person.birth_date, tie=person.tie, on=today):
        hooks.person_returned.call(person=person, edition=edition, now=now)


def _account_at(channel, address, *, name, language, now) -> tuple[User, bool]:
    """The account with this address, made if there is none. Two at once end in one."""
    if user := users_at(address).first():
        return user, False
    contact = {"email": address} if channel == Channel.EMAIL else {"phone": address, "phone_verified": True}
    try:
        with transaction.atomic():
            user = User(name=name, language=language, date_joined=now, **contact)
            user.set_unusable_password()
            user.save()
            if channel == Channel.EMAIL:
                EmailAddress.objects.create(user=user, email=address, verified=True, primary=True)
    except IntegrityError:
        return users_at(address).get(), False
    return user, True


@transaction.atomic
def set_phone(*, user, phone, verified) -> None:
    """Note a user's telephone number, and whether a code proved it. By the sign-in itself."""
    user.phone, user.phone_verified = phone, verified
    user.save(update_fields=["phone", "phone_verified"])
