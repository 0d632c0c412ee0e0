"""Hosts with their workplaces and tutors."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Host(models.Model):
    """A company or body that takes interns (soggetto ospitante)."""

    name = models.CharField(_("name"), max_length=200)
    vat_number = models.CharField(_("VAT number"), max_length=11, unique=True)
    sector = models.CharField(_("sector (ATECO)"), max_length=150, blank=True)
    sort_key = models.CharField(max_length=300, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["sort_key"]
        indexes = [models.Index(fields=["sort_key"], name="host_sort_key", opclasses=["text_pattern_ops"])]

    def __str__(self):
        return self.name


class OperatingUnit(models.Model):
    """A workplace of a host."""

    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="units")
    address = models.CharField(_("address"), max_length=250)
    municipality = models.CharField(_("municipality"), max_length=100)
    headcount = models.PositiveIntegerField(_("employees here"))

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
