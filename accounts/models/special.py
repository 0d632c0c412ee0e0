"""What the law protects most, apart from all else and encrypted, and what others may know of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import MarkCode, SpecialKind, SpecialPurpose
from accounts.models.people import User, YoungPerson
from migwork.crypto import EncryptedTextField
from migwork.db import UUIDModel


def _removal(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(removed_at__isnull=True, removed_by__isnull=True)
        | Q(removed_at__isnull=False, removed_by__isnull=False),
        name=name,
    )


class SpecialRule(models.Model):
    """A rule for which something protected is asked: of whom it holds nothing of the kind is asked otherwise.

    Data: from a file, editable in the administration. `name` (which rule) and `question` (what is asked, and no
    more) are {"it": …, "en": …}. It holds of a person while its purpose does, see accounts.hooks.special_purposes.
    """

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=SpecialKind)
    purpose = models.CharField(_("asked for"), max_length=15, choices=SpecialPurpose)
    name = models.JSONField(_("which rule"))
    question = models.JSONField(_("what is asked"))
    is_active = models.BooleanField(_("in force"), default=True)

    class Meta:
        verbose_name = _("rule that asks for protected data")
        verbose_name_plural = _("rules that ask for protected data")
        ordering = ["purpose", "code"]

    def __str__(self):
        return self.code


class SpecialCategory(UUIDModel):
    """One thing that only the case team may read, for a typed reason. `why`: which rule makes it necessary."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="special_categories")
    kind = models.CharField(_("kind"), max_length=15, choices=SpecialKind)
    text = EncryptedTextField(_("what there is to know"))
    why = models.CharField(_("which rule needs it"), max_length=200)
    # None: written down before rules were data.
    rule = models.ForeignKey(SpecialRule, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("protected note")
        verbose_name_plural = _("protected notes")
        ordering = ["-recorded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(why=""),
                name="special_category_needs_its_rule",
                violation_error_message=_("Write which rule makes it necessary to keep this."),
            ),
            _removal("special_category_removal_is_whole"),
        ]

    def __str__(self):
        return str(self.pk)


class Mark(UUIDModel):
    """What a rule elsewhere needs to know of a protected note, without saying which."""

    person = models.ForeignKey(YoungPerson, on_delete=models.PROTECT, related_name="marks")
    code = models.CharField(_("what follows"), max_length=20, choices=MarkCode)
    value = models.CharField(_("value"), max_length=30)
    reason = models.CharField(_("which rule needs it"), max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["-set_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code"],
                condition=Q(removed_at__isnull=True),
                name="mark_one_live",
                violation_error_message=_("This mark is set already."),
            ),
            _removal("mark_removal_is_whole"),
        ]

    def __str__(self):
        return f"{self.person} · {self.code}"
