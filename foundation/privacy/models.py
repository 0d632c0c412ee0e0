"""What was done, by whom, about whom; who read what; how that is sealed; how long data are kept.

The audit trail and every timeline are views of the events. People are ids without
a foreign key: this room knows no person.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from foundation.privacy.enums import AccessReason, Audience, RetentionStart
from foundation.privacy.sentences import sentence_for
from migwork.crypto import EncryptedJSONField, EncryptedTextField
from migwork.db import ClockTimestamp


class EventQuerySet(models.QuerySet):
    def about(self, person_ids):
        """Events about any of these people (several when persons were merged), newest first."""
        return self.filter(about__in=person_ids).order_by("-at", "-id")


class Event(models.Model):
    """One action: who, when, the verb, about whom, on what, and the names of the fields that changed.

    Never updated, never deleted. Values that may have to be erased one day do not
    belong here, but into its EventDetail, of which the event keeps only a salted digest.
    `at` is the clock that the action was given, `written_at` the database's own.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    verb = models.CharField(max_length=60)
    about = models.UUIDField(null=True)
    on_type = models.CharField(max_length=60)
    on_id = models.CharField(max_length=40)
    fields = ArrayField(models.CharField(max_length=60), default=list)
    detail_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    written_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["about", "-at"], name="event_about_at"),
            models.Index(fields=["on_type", "on_id"], name="event_on"),
            models.Index(fields=["written_at"], name="event_written"),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.verb}"

    @property
    def sentence(self) -> str:
        """What was done, in the reader's language."""
        return sentence_for(self.verb)


class EventDetail(models.Model):
    """The values of an event, encrypted, as long as they may be kept. Deleting it leaves the event whole.

    Read through `foundation.privacy.queries.detail_of` alone. The salt makes that a guessed value cannot
    be confirmed by the event's digest once this row is gone.
    """

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.DO_NOTHING, related_name="detail")
    salt = models.CharField(max_length=32)
    values = EncryptedJSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(salt=""),
                name="event_detail_is_salted",
                violation_error_message=_("The detail of an event needs its salt."),
            )
        ]

    def __str__(self):
        return f"event {self.event_id}"


class AccessQuerySet(models.QuerySet):
    def about(self, person_ids):
        """Who opened the file of any of these people (several when persons were merged), newest first."""
        return self.filter(about__in=person_ids).order_by("-at", "-id")


class Access(models.Model):
    """One opening of a person's file: who, as what, which page, why. Shown to that person without the name.

    `what` is the page's name in the addresses. Kept for a term of its own, then deleted.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
    )
    about = models.UUIDField()
    what = models.CharField(max_length=60)
    why = models.CharField(max_length=20, choices=AccessReason)
    reason = EncryptedTextField(blank=True, default="")
    as_role = models.CharField(max_length=20, blank=True, default="")
    organisation = models.CharField(max_length=60, blank=True, default="")
    special = models.BooleanField(default=False)

    objects = AccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of a file")
        verbose_name_plural = _("openings of files")
        indexes = [
            models.Index(fields=["about", "-at"], name="access_about_at"),
            models.Index(fields=["at"], name="access_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(special=False) | ~Q(reason=""),
                name="access_special_has_its_reason",
                violation_error_message=_("Write why you need to read this. The person will see your reason."),
            )
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.what}"


class Seal(models.Model):
    """One link of the chain: a hash over the seal before it and the events named by its SealedEvent rows.

    Never updated, never deleted: the database refuses. Two seals cannot follow the same one.
    """

    at = models.DateTimeField()
    previous = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(count__gt=0),
                name="seal_holds_events",
                violation_error_message=_("A seal without events seals nothing."),
            ),
            models.CheckConstraint(
                condition=~Q(previous=F("hash")),
                name="seal_follows_another",
                violation_error_message=_("A seal cannot follow itself."),
            ),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.hash[:12]}"


class SealedEvent(models.Model):
    """An event lies under a seal. Never updated, never deleted, and never under two seals."""

    # No foreign key: that an event is gone is what the verification must be able to say.
    event_id = models.BigIntegerField(primary_key=True)
    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="events")

    def __str__(self):
        return f"event {self.event_id}"


class ChainFault(models.Model):
    """Something that the verification found wrong with the chain: told once, and shown until somebody settles it.

    `text` names seals and events by number, never a person.
    """

    text = models.CharField(max_length=200, unique=True)
    found_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["found_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="chain_fault_settling_is_whole",
                violation_error_message=_("A settled fault has when and by whom."),
            )
        ]

    def __str__(self):
        return self.text


class RetentionRuleQuerySet(models.QuerySet):
    def in_force(self, on):
        """The rules that hold on the day `on`."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)


class RetentionRule(models.Model):
    """How long something may be kept, from when, and on which ground. `valid_to` is the last day on which it holds."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=150)
    months = models.PositiveSmallIntegerField(_("months"), validators=[MinValueValidator(1)])
    starts = models.CharField(_("counted from"), max_length=20, choices=RetentionStart)
    warning_days = models.PositiveSmallIntegerField(_("days of warning"), default=30)
    legal_basis = models.TextField(_("legal basis"))
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = RetentionRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(months__gte=1),
                name="retention_rule_has_months",
                violation_error_message=_("Data are kept for one month at least."),
            ),
            models.CheckConstraint(
                condition=Q(warning_days__lt=F("months") * 28),
                name="retention_rule_warns_within_its_term",
                violation_error_message=_("The warning cannot come before the term has begun."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="retention_rule_ends_after_it_begins",
                violation_error_message=_("The rule cannot end before it begins."),
            ),
        ]

    def __str__(self):
        return self.name


class RetentionRun(models.Model):
    """One run of a retention rule and what it counted; no person is named."""

    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="runs")
    at = models.DateTimeField()
    dry_run = models.BooleanField()
    counts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["rule", "-at"], name="retention_run_newest")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.rule_id}"


class Warned(models.Model):
    """Somebody was told that their data end on `due_on`: once, however often the task runs."""

    about = models.UUIDField()
    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="warnings")
    due_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "rule", "due_on"],
                name="warned_once",
                violation_error_message=_("This person was warned of this day already."),
            )
        ]

    def __str__(self):
        return f"{self.due_on:%Y-%m-%d} {self.rule_id}"


class NoticeShown(models.Model):
    """The version of the privacy notice that somebody was shown, in which language, and when first."""

    about = models.UUIDField()
    version = models.CharField(max_length=20)
    audience = models.CharField(max_length=20, choices=Audience)
    language = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["about", "version", "audience"],
                name="notice_shown_once",
                violation_error_message=_("That this person was shown this notice is noted already."),
            )
        ]

    def __str__(self):
        return f"{self.version} {self.audience}"
