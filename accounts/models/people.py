"""People and their accounts. A person is not an account: YoungPerson exists without a User and survives it."""

from functools import cached_property

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.enums import Education, Employment, Gender, Role, VerifiedBy
from foundation.communications.enums import Channel
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel
from migwork.prepared import Prepared
from programme.enums import Tie
from programme.models import Organisation

# From this birthday on everybody signs for themselves.
OF_AGE = 18
# Sixteen signs, or the eleven digits of a provisional one.
FISCAL_CODE = r"^([A-Z0-9]{16}|[0-9]{11})$"
FISCAL_CODE_LENGTH = _("A codice fiscale has 16 letters and digits, a provisional one 11 digits.")


def fiscal_code_is_whole(field: str) -> Q:
    """For constraints: `field` is empty or looks like a codice fiscale."""
    return Q(**{field: ""}) | Q(**{f"{field}__regex": FISCAL_CODE})


class UserManager(BaseUserManager):
    def create_user(self, email=None, password=None, **fields):
        # Wholly in small letters, as sign-in looks it up.
        user = self.model(email=email.strip().lower() if email else None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(UUIDModel, AbstractBaseUser, PermissionsMixin):
    """Somebody who signs in, by e-mail or by telephone. What they may do hangs on memberships."""

    email = models.EmailField(_("e-mail"), null=True, blank=True)
    phone = models.CharField(_("mobile phone"), max_length=20, null=True, blank=True)
    phone_verified = models.BooleanField(default=False)
    name = models.CharField(_("name and surname"), max_length=200, blank=True)
    language = models.CharField(max_length=10, default="it")
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False, help_text=_("May enter the administration."))
    date_joined = models.DateTimeField(null=True)
    # Sessions that began before this moment are over.
    sessions_valid_from = models.DateTimeField(null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_once",
                violation_error_message=_("This e-mail is already in use."),
            ),
            models.UniqueConstraint(
                fields=["phone"],
                name="user_phone_once",
                violation_error_message=_("This number is already in use."),
            ),
            models.CheckConstraint(
                # A closed account may have been emptied.
                condition=Q(email__isnull=False) | Q(phone__isnull=False) | Q(is_active=False),
                name="user_reachable",
                violation_error_message=_("An account needs an e-mail or a telephone number."),
            ),
        ]

    def __str__(self):
        return self.name or self.email or self.phone or str(self.pk)

    def clean(self):
        super().clean()
        self.email = self.email.lower() if self.email else None
        self.phone = self.phone or None

    @cached_property
    def active_memberships(self) -> list["Membership"]:
        """Memberships in force, organisations loaded; one query a request."""
        return _memberships_of(user=self.pk)

    @cached_property
    def places(self) -> list[tuple[str, int]]:
        """(role, id of the organisation) of each membership in force. Loaded with the account of a request."""
        return [(m.role, m.organisation_id) for m in self.active_memberships]

    @cached_property
    def roles(self) -> frozenset[str]:
        """The Role values this user holds in any organisation."""
        return frozenset(role for role, _organisation in self.places)

    @cached_property
    def person(self):
        """The YoungPerson who owns this account, or None (staff). Loaded with the account of a request."""
        if User.young_person.related.is_cached(self):
            return getattr(self, "young_person", None)
        return _person_of.first(user=self.pk)

    def works_as(self, *roles) -> bool:
        """Whether somebody still works in one of `roles`: their account is open and a membership in force."""
        return self.is_active and not self.roles.isdisjoint(roles)

    def organisations_as(self, *roles) -> list:
        """Ids of the organisations in which this user holds one of `roles`."""
        return [organisation for role, organisation in self.places if role in roles]


class Membership(models.Model):
    """A user's role in an organisation."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=15, choices=Role)
    is_active = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("role in an organisation")
        verbose_name_plural = _("roles in organisations")
        constraints = [models.UniqueConstraint(fields=["user", "organisation", "role"], name="membership_once")]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.organisation}"


class YoungPerson(UUIDModel):
    """A young person, with or without an account. Counts and plans hang on participations, not here."""

    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="young_person")
    first_name = models.CharField(_("name"), max_length=200)
    last_name = models.CharField(_("surname"), max_length=200)
    preferred_name = models.CharField(_("how you like to be called"), max_length=200, blank=True)
    birth_date = models.DateField(_("date of birth"))
    gender = models.CharField(_("gender"), max_length=1, choices=Gender, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("mobile phone"), max_length=20, blank=True)
    tie = models.CharField(max_length=10, choices=Tie)
    municipality = models.CharField(_("municipality"), max_length=100, blank=True)
    municipio = models.PositiveSmallIntegerField(_("municipio of Milan"), null=True, blank=True)
    citizenship = models.CharField(_("citizenship"), max_length=2, blank=True, help_text=_("ISO 3166 code."))
    education = models.CharField(_("highest title"), max_length=20, choices=Education, blank=True)
    employment = models.CharField(_("situation"), max_length=15, choices=Employment, blank=True)
    language = models.CharField(max_length=10, default="it")
    sort_key = models.CharField(max_length=300, editable=False, help_text=_("Surname and name, unaccented."))
    created_at = models.DateTimeField()
    fiscal_code = models.CharField(_("codice fiscale"), max_length=16, blank=True)
    fiscal_code_verified_at = models.DateTimeField(null=True, blank=True)
    fiscal_code_verified_by = models.CharField(max_length=10, choices=VerifiedBy, blank=True)
    birth_place = models.CharField(_("place of birth"), max_length=100, blank=True)
    birth_country = models.CharField(_("country of birth"), max_length=2, blank=True, help_text=_("ISO 3166 code."))
    # Nothing may go home: messages go to the safe address alone.
    safe_contact = models.BooleanField(_("only by a safe contact"), default=False)
    safe_contact_note = EncryptedTextField(_("what to mind when getting in touch"), blank=True)
    safe_channel = models.CharField(_("safe channel"), max_length=10, choices=Channel, blank=True)
    safe_address = models.CharField(_("safe address or number"), max_length=254, blank=True)
    unaccompanied = models.BooleanField(_("unaccompanied minor"), default=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged"
    )
    limited_at = models.DateTimeField(null=True, blank=True, editable=False)
    anonymised_at = models.DateTimeField(null=True, blank=True, editable=False)
    # The day of the last contact, from which the time for which data are kept runs.
    last_seen_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("young person")
        verbose_name_plural = _("young people")
        indexes = [
            models.Index(fields=["sort_key"], name="person_sort_key", opclasses=["text_pattern_ops"]),
            # Pages of long lists by name: the other index finds beginnings, but cannot sort.
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            # Who may be the same person: by names with typos, by birth date, by code.
            GinIndex(OpClass("sort_key", "gin_trgm_ops"), name="person_name_typos"),
            models.Index(fields=["birth_date"], name="person_birth_date"),
            models.Index(fields=["fiscal_code"], condition=~Q(fiscal_code=""), name="person_fiscal_code"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(municipio__isnull=True) | Q(municipio__range=(1, 9)),
                name="person_municipio_1_to_9",
                violation_error_message=_("Milan has nine municipi, from 1 to 9."),
            ),
            models.CheckConstraint(
                condition=fiscal_code_is_whole("fiscal_code"),
                name="person_fiscal_code_whole",
                violation_error_message=FISCAL_CODE_LENGTH,
            ),
            # The exact code: two people really share one but for its omocodia.
            models.UniqueConstraint(
                fields=["fiscal_code"],
                condition=Q(fiscal_code_verified_at__isnull=False, merged_into__isnull=True) & ~Q(fiscal_code=""),
                name="person_verified_fiscal_code_once",
                violation_error_message=_("Somebody else has this codice fiscale already, and it was verified."),
            ),
            models.CheckConstraint(
                condition=Q(fiscal_code_verified_at__isnull=True, fiscal_code_verified_by="")
                | (Q(fiscal_code_verified_at__isnull=False) & ~Q(fiscal_code_verified_by="") & ~Q(fiscal_code="")),
                name="person_fiscal_code_verified_whole",
                violation_error_message=_("What is verified is a codice fiscale, and it is kept when and by whom."),
            ),
            models.CheckConstraint(
                # None at all means: in person only.
                condition=Q(safe_channel="", safe_address="") | (~Q(safe_channel="") & ~Q(safe_address="")),
                name="person_safe_contact_has_address",
                violation_error_message=_("Write the address or number at which this person can be reached safely."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("id")),
                name="person_not_merged_into_self",
                violation_error_message=_("A record cannot be merged into itself."),
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def called(self) -> str:
        """The name to greet with."""
        return self.preferred_name or self.first_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def phone_to_call(self) -> str:
        """The number at which others may call: of who is not safe at home the safe one alone, if there is any."""
        if not self.safe_contact:
            return self.phone
        return self.safe_address if self.safe_channel == Channel.SMS else ""

    @property
    def email_to_write(self) -> str:
        """The same for e-mail."""
        if not self.safe_contact:
            return self.email
        return self.safe_address if self.safe_channel == Channel.EMAIL else ""

    @property
    def short_name(self) -> str:
        """'Amina B.': for screens that strangers at the desk may see."""
        return f"{self.called} {self.last_name[:1]}."

    def age_on(self, day) -> int:
        """Completed years on `day` (born on 29 February: a year older on 1 March of other years)."""
        return day.year - self.birth_date.year - ((day.month, day.day) < (self.birth_date.month, self.birth_date.day))

    def is_of_age_on(self, day) -> bool:
        return self.age_on(day) >= OF_AGE

    @property
    def is_neet(self) -> bool | None:
        """Neither working nor studying nor in training; None while not known."""
        if not self.employment:
            return None
        return self.employment in (Employment.UNEMPLOYED, Employment.INACTIVE)


# Asked on every page of whoever is signed in.
_memberships_of = Prepared(
    lambda user: Membership.objects.filter(user=user, is_active=True).select_related("organisation").order_by("pk")
)
_person_of = Prepared(lambda user: YoungPerson.objects.filter(user=user))
