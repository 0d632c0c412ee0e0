"""What the fields of people and accounts are, for the register; those of the libraries too."""

from dataclasses import replace
from datetime import date

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from accounts import hooks, notifications
from accounts.actions.anonymise import erase_person
from accounts.models import (
    AccessGrant,
    Consent,
    DataCopy,
    EIdentity,
    IdentityPaper,
    Mark,
    PrivacyRequest,
    Representation,
    SpecialCategory,
    User,
    YoungPerson,
)
from foundation.privacy.enums import Basis, Erase, FieldKind
from foundation.privacy.registry import PUBLIC, STAFF, TECHNICAL, Field, call_rows, classify, counted, erased, with_row

OWN_DATA_SENTENCES = {
    "accounts.access_given": _("Let a partner see them again"),
    "accounts.access_withdrawn": _("Took a partner's access away"),
    "accounts.request_made": _("Asked something about their data"),
    "accounts.request_withdrawn": _("Took a request about their data back"),
    "accounts.request_extended": _("The answer about their data takes longer"),
    "accounts.request_answered": _("Request about their data answered"),
    "accounts.limited": _("Use of the data limited"),
    "accounts.limitation_lifted": _("Use of the data no longer limited"),
    "accounts.copy_asked": _("Asked for a copy of their data"),
    "accounts.copy_ready": _("Copy of the data made"),
    "accounts.copy_failed": _("Copy of the data could not be made"),
    "accounts.copy_downloaded": _("Downloaded the copy of their data"),
    "accounts.copy_gone": _("Copy of the data taken away"),
}


def _nobody(row) -> str:
    with override(settings.LANGUAGE_CODE):
        return gettext("Anonymous person")


def holdings(abouts) -> list:
    """The rows about these people that this room holds."""
    users = User.objects.filter(young_person__in=abouts)
    return [
        YoungPerson.objects.filter(pk__in=abouts),
        users,
        EmailAddress.objects.filter(user__in=users),
        EIdentity.objects.filter(user__in=users),
        IdentityPaper.objects.filter(person__in=abouts),
        Representation.objects.filter(person__in=abouts),
        Consent.objects.filter(person__in=abouts),
        AccessGrant.objects.filter(person__in=abouts),
        PrivacyRequest.objects.filter(person__in=abouts),
        SpecialCategory.objects.filter(person__in=abouts),
        Mark.objects.filter(person__in=abouts),
        DataCopy.objects.filter(person__in=abouts),
    ]


def anonymise(about, by, now):
    return erase_person(about=about, by=by, now=now)


def everybody(about):
    """The ids under which this person was known; records merged into theirs first."""
    return [*YoungPerson.objects.filter(merged_into=about).order_by("pk").values_list("pk", flat=True), about]


def warn(about, rule, due_on, now):
    person = YoungPerson.objects.get(pk=about)
    notifications.retention_warning(person, rule=rule, due_on=due_on, now=now)


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
    call_rows(
        **{
            "socialaccount.SocialAccount": _("your SPID or CIE"),
        }
    )
    _classify_people()
    _classify_identity()
    _classify_consents()
    _classify_desk()
    _classify_special()
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
        fiscal_code=erased(FieldKind.IDENTITY),
        fiscal_code_verified_at=erased(FieldKind.IDENTITY, _("when your codice fiscale was checked")),
        fiscal_code_verified_by=erased(FieldKind.IDENTITY, _("how it was checked")),
        birth_place=erased(FieldKind.IDENTITY),
        birth_country=erased(FieldKind.IDENTITY),
        safe_contact=erased(FieldKind.CONTACT),
        safe_contact_note=erased(FieldKind.FREE_TEXT),
        safe_channel=erased(FieldKind.CONTACT),
        safe_address=erased(FieldKind.CONTACT),
        unaccompanied=erased(FieldKind.SPECIAL),
        merged_into=TECHNICAL,
        limited_at=erased(FieldKind.ORDINARY, _("since when your data are not used")),
        anonymised_at=TECHNICAL,
        last_seen_on=counted(_("when you last were here")),
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
        sessions_valid_from=TECHNICAL,
        groups=TECHNICAL,
        user_permissions=TECHNICAL,
    )
    classify("accounts.Membership", user=STAFF, organisation=STAFF, role=STAFF, is_active=STAFF, since=STAFF)


def _classify_identity():
    classify(
        "accounts.IdentityPaper",
        person=with_row(FieldKind.IDENTITY),
        kind=with_row(FieldKind.IDENTITY),
        number=with_row(FieldKind.IDENTITY, _("number of a paper")),
        country=with_row(FieldKind.IDENTITY),
        issued_on=with_row(FieldKind.IDENTITY),
        expires_on=with_row(FieldKind.IDENTITY),
        for_what=with_row(FieldKind.IDENTITY),
        recorded_at=with_row(FieldKind.TECHNICAL),
        checked_at=with_row(FieldKind.IDENTITY, _("when a paper was checked")),
        checked_by=STAFF,
        reminded_at=with_row(FieldKind.TECHNICAL),
        replaced_at=with_row(FieldKind.TECHNICAL),
    )
    classify(
        "accounts.EIdentity",
        user=with_row(FieldKind.IDENTITY),
        provider=with_row(FieldKind.IDENTITY, _("SPID or CIE")),
        fiscal_code=with_row(FieldKind.IDENTITY),
        subject=with_row(FieldKind.IDENTITY, _("how SPID or CIE calls you")),
        level=with_row(FieldKind.TECHNICAL),
        first_at=with_row(FieldKind.IDENTITY, _("when you first came in by it")),
        last_at=with_row(FieldKind.IDENTITY, _("when you last came in by it")),
    )
    # Emptied once the last person for whom they signed is made anonymous.
    classify(
        "accounts.LegalRepresentative",
        first_name=erased(FieldKind.IDENTITY, _("name of who signs for you"), to=_nobody),
        last_name=erased(FieldKind.IDENTITY, _("surname of who signs for you")),
        fiscal_code=erased(FieldKind.IDENTITY, _("their codice fiscale")),
        email=erased(FieldKind.CONTACT, _("their e-mail")),
        phone=erased(FieldKind.CONTACT, _("their phone")),
        language=TECHNICAL,
        contact_from=TECHNICAL,
        identity_checked_at=counted(_("when their identity was checked")),
        identity_checked_by=STAFF,
        identity_paper=counted(_("the paper they showed")),
        sort_key=erased(FieldKind.TECHNICAL),
        created_at=TECHNICAL,
        created_by=STAFF,
    )
    classify(
        "accounts.Representation",
        person=counted(),
        representative=counted(),
        kind=counted(_("who signs for you")),
        order=TECHNICAL,
        since=counted(_("since when they sign for you")),
        ended_at=counted(_("until when they did")),
        ended_why=counted(_("why that ended")),
    )


def _classify_consents():
    public = "code name text version paper representatives both_parents own_from_age blocks_without_guardian"
    classify("accounts.Purpose", **dict.fromkeys(public.split(), PUBLIC))
    consent = Field(FieldKind.ORDINARY, Basis.CONSENT, "file", Erase.KEEP)
    classify(
        "accounts.Consent",
        person=consent,
        purpose=replace(consent, label=_("what you were asked to agree to")),
        version=replace(consent, label=_("in which wording")),
        state=replace(consent, label=_("what you answered")),
        request=TECHNICAL,
        asked_at=replace(consent, label=_("when you were asked")),
        decided_at=replace(consent, label=_("when you answered")),
        by_whom=replace(consent, label=_("who answered")),
        ended_at=replace(consent, label=_("when it ended")),
    )
    classify(
        "accounts.AccessGrant",
        person=counted(),
        organisation=counted(_("partner who may see your data")),
        what=counted(_("what they may see")),
        given_at=counted(_("since when")),
        given_by=STAFF,
        withdrawn_at=counted(_("until when")),
        withdrawn_by=STAFF,
        reason=erased(FieldKind.FREE_TEXT),
    )
    classify(
        "accounts.PrivacyRequest",
        person=counted(),
        kind=counted(),
        text=erased(FieldKind.FREE_TEXT),
        asked_at=counted(_("when you asked")),
        asked_by=STAFF,
        due_on=counted(_("the day of our answer at the latest")),
        extended_to=counted(_("the later day of our answer")),
        extension_reason=erased(FieldKind.FREE_TEXT, to=lambda row: "…" if row.extension_reason else ""),
        state=counted(_("how your request stands")),
        answer=erased(FieldKind.FREE_TEXT, to=lambda row: "…" if row.answer else ""),
        answered_at=counted(_("when we answered")),
        answered_by=STAFF,
    )
    copy = with_row(FieldKind.TECHNICAL)
    classify(
        "accounts.DataCopy",
        person=copy,
        asked_at=with_row(FieldKind.ORDINARY, _("when you asked for a copy of your data")),
        state=copy,
        pdf=copy,
        json=copy,
        ready_at=copy,
        ends_at=copy,
        downloaded_at=with_row(FieldKind.ORDINARY, _("when you downloaded it")),
    )


def _classify_desk():
    code = with_row(FieldKind.TECHNICAL)
    names = "person code_digest made_at ends_at attempts used_at used_by cancelled_at"
    classify("accounts.ClaimCode", made_by=STAFF, **dict.fromkeys(names.split(), code))
    # What would undo a merge holds what each record said.
    classify(
        "accounts.PersonMerge",
        kept=with_row(FieldKind.TECHNICAL),
        merged=with_row(FieldKind.TECHNICAL),
        at=with_row(FieldKind.ORDINARY, _("when two records of yours were made one")),
        by=STAFF,
        reason=with_row(FieldKind.FREE_TEXT),
        moves=with_row(FieldKind.TECHNICAL),
        values=with_row(FieldKind.IDENTITY, _("what the other record said")),
        undone_at=with_row(FieldKind.ORDINARY, _("when they were taken apart again")),
        undone_by=STAFF,
    )
    invitation = Field(FieldKind.STAFF, Basis.TASK, "", Erase.KEEP)
    names = "email organisation role invited_at invited_by ends_at accepted_at accepted_by cancelled_at"
    classify("accounts.Invitation", token_digest=TECHNICAL, **dict.fromkeys(names.split(), invitation))


def _classify_special():
    def special(label=""):
        return with_row(FieldKind.SPECIAL, label, basis=Basis.SUBSTANTIAL)

    classify(
        "accounts.SpecialCategory",
        person=special(),
        kind=special(_("kind of protected note")),
        text=special(),
        why=special(),
        rule=special(),
        recorded_at=special(_("when it was written down")),
        recorded_by=STAFF,
        removed_at=special(_("when it was taken out")),
        removed_by=STAFF,
    )
    classify(
        "accounts.SpecialRule",
        **dict.fromkeys(("code", "kind", "purpose", "name", "question", "is_active"), PUBLIC),
    )
    classify(
        "accounts.Mark",
        person=special(),
        code=special(),
        value=special(),
        reason=special(),
        set_at=special(_("when a mark was set")),
        set_by=STAFF,
        removed_at=special(_("when a mark was taken off")),
        removed_by=STAFF,
    )


def _classify_libraries():
    account = with_row(FieldKind.TECHNICAL)
    classify("account.EmailAddress", account, email=with_row(FieldKind.CONTACT, _("confirmed e-mail")))
    classify("account.EmailConfirmation", account)
    # What SPID and CIE give is not copied here (accounts.EIdentity), nor do the secrets of their gateway stand here.
    classify("socialaccount.SocialAccount", account, uid=with_row(FieldKind.IDENTITY, _("how SPID or CIE calls you")))
    classify("socialaccount.SocialToken", account)
    classify("socialaccount.SocialApp", TECHNICAL)
    classify("mfa.Authenticator", account, data=with_row(FieldKind.TECHNICAL, _("your keys to sign in")))
    # Named by its key alone: what it holds is of the portal's making and ends by itself.
    classify("sessions.Session", account)
    classify("admin.LogEntry", TECHNICAL, user=STAFF, object_repr=TECHNICAL)
    for label in ("auth.Permission", "auth.Group", "contenttypes.ContentType"):
        classify(label, TECHNICAL)
