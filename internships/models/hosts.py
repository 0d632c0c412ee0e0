"""Hosts with their workplaces and tutors."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Host(models.Model):
    """A company or body that takes interns (soggetto ospitante)."""

    name = models.CharField(_("name"), max_length=200)
    vat_number = models.CharField(_("VAT number"), max_length=11, unique=True)
    sector = models.CharField(_("sector"), max_length=150, blank=True)
    ateco = models.CharField(_("ATECO code"), max_length=8, blank=True)
    is_public = models.BooleanField(_("public body"), default=False)
    is_seasonal = models.BooleanField(_("seasonal business"), default=False)
    agreement = models.CharField(_("collective agreement"), max_length=150, blank=True)
    agreement_hours = models.DecimalField(
        _("hours a week by the agreement"), max_digits=4, decimal_places=1, null=True, blank=True
    )
    inail_position = models.CharField(_("INAIL position"), max_length=20, blank=True)
    liability_policy = models.CharField(_("liability insurance"), max_length=150, blank=True)
    liability_until = models.DateField(_("insured until"), null=True, blank=True)
    insolvent_from = models.DateField(_("insolvency proceedings since"), null=True, blank=True)
    sort_key = models.CharField(max_length=300, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["sort_key"], name="host_sort_key", opclasses=["text_pattern_ops"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreement_hours__isnull=True) | Q(agreement_hours__gt=0, agreement_hours__lte=48),
                name="host_agreement_hours",
                violation_error_message=_("The hours of a week by the collective agreement: more than 0, up to 48."),
            )
        ]

    def __str__(self):
        return self.name


class OperatingUnit(models.Model):
    """A workplace of a host."""

    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="units")
    address = models.CharField(_("address"), max_length=250)
    municipality = models.CharField(_("municipality"), max_length=100)
    headcount = models.PositiveIntegerField(_("employees here"))
    permanent_staff = models.PositiveIntegerField(_("of these with a permanent contract"), default=0)
    dismissals_on = models.DateField(_("last dismissal for the same work"), null=True, blank=True)
    short_time_from = models.DateField(_("short-time work for the same work, from"), null=True, blank=True)
    short_time_to = models.DateField(_("short-time work, until"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(permanent_staff__lte=F("headcount")),
                name="unit_permanent_staff_within_headcount",
                violation_error_message=_("There are more permanent employees than employees."),
            ),
            models.CheckConstraint(
                condition=Q(short_time_to__isnull=True)
                | Q(short_time_from__isnull=False, short_time_to__gte=F("short_time_from")),
                name="unit_short_time_in_order",
                violation_error_message=_("Short-time work ends after it began: give both days."),
            ),
        ]

    def __str__(self):
        return f"{self.host} · {self.address}"


class HostTutor(models.Model):
    """Who follows the intern at the workplace. Has no account."""

    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="tutors")
    name = models.CharField(_("name and surname"), max_length=200)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(email="", phone=""),
                name="host_tutor_reachable",
                violation_error_message=_("Give an e-mail or a telephone number of the tutor."),
            )
        ]

    def __str__(self):
        return self.name
