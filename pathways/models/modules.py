"""Paths of modules: several activities in an order, each of which may also be taken alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from migwork.db import UUIDModel
from pathways.enums import ModulePathState
from pathways.models.opportunities import Opportunity
from programme.models import Edition, Organisation


class ModulePathQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=ModulePathState.PUBLISHED)

    def run_by(self, user):
        """Those of the organisations in which `user` is partner staff; all for coordinators."""
        if user.is_superuser or Role.COORDINATOR in user.roles:
            return self
        return self.filter(organisation__in=user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))

    def visible_to(self, user):
        """Published ones: everybody. The others: who writes them, and coordinators."""
        if not user.is_authenticated:
            return self.published()
        return self.published() | self.run_by(user)


class ModulePath(UUIDModel):
    """Activities that lead somewhere one after the other, with a page of their own in the catalogue.

    It has no places: whoever takes it has a place in a run of each module. How far somebody has come follows
    from their enrolments, so that what was done alone before counts.
    """

    slug = models.SlugField(max_length=120, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="module_paths")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="module_paths")
    title = models.CharField(_("title"), max_length=150)
    summary = models.CharField(_("in one sentence"), max_length=300)
    goal = models.TextField(_("where it leads"))
    state = models.CharField(max_length=10, choices=ModulePathState, default=ModulePathState.DRAFT)
    opportunities = models.ManyToManyField(Opportunity, through="Module", related_name="module_paths")
    created_at = models.DateTimeField()

    objects = ModulePathQuerySet.as_manager()

    def __str__(self):
        return self.title

    @property
    def is_published(self) -> bool:
        return self.state == ModulePathState.PUBLISHED

    @property
    def kind(self) -> str:
        """Of its state, for the status tag."""
        return {"draft": "todo", "published": "done"}[self.state]


class Module(models.Model):
    """An activity at its place in a path."""

    path = models.ForeignKey(ModulePath, on_delete=models.PROTECT, related_name="modules")
    opportunity = models.ForeignKey(Opportunity, on_delete=models.PROTECT, related_name="modules")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["path", "opportunity"],
                name="module_once",
                violation_error_message=_("This activity is in the path already."),
            ),
            # Deferred: two that change places hold the same one for a moment.
            models.UniqueConstraint(
                fields=["path", "position"],
                name="module_one_at_each_place",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message=_("Another module stands at this place."),
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.opportunity}"
