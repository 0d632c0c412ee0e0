"""Opportunities: what a young person can join, described once."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Education, Employment, Role
from intake.enums import LanguageLevel
from pathways.enums import Family, OpportunityState, Situation, TaughtIn
from programme.models import Edition, MacroAction, Organisation


class OpportunityQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=OpportunityState.PUBLISHED)

    def run_by(self, user):
        """Those of the organisations in which `user` is partner staff; all for coordinators."""
        if user.is_superuser or Role.COORDINATOR in user.roles:
            return self
        return self.filter(organisation__in=user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN))

    def visible_to(self, user):
        """Published ones: everybody, without an account too. The others: who runs them, and coordinators."""
        if not user.is_authenticated:
            return self.published()
        return self.published() | self.run_by(user)

    def stale(self, day):
        """Published, not checked for long, and without dates under way or to come."""
        runs = self.model._meta.get_field("runs").related_model.objects
        coming = runs.current().filter(opportunity=OuterRef("pk"), ends_on__gte=day)
        long_ago = day - timedelta(days=settings.ACTIVITY_CHECK_DAYS)
        return self.published().filter(~Exists(coming), checked_on__lte=long_ago)

    def newest(self):
        """As whoever follows them reads them: what came in last stands first."""
        return self.order_by(F("published_at").desc(nulls_last=True), F("id").desc())

    def in_order(self):
        """As the catalogue shows them: what begins first, then what has no date yet."""
        return self.order_by(F("next_start_on").asc(nulls_last=True), "pk")


class Opportunity(models.Model):
    """Something a young person can join, described once; its runs have dates and places."""

    slug = models.SlugField(max_length=120, unique=True)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="opportunities")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="opportunities")
    macro_action = models.ForeignKey(
        MacroAction, null=True, blank=True, on_delete=models.PROTECT, related_name="opportunities"
    )
    family = models.CharField(max_length=25, choices=Family)
    title = models.CharField(_("title"), max_length=150)
    summary = models.CharField(_("in one sentence"), max_length=300)
    description = models.TextField(_("what it is"))
    for_whom = models.TextField(_("who it is for"))
    what_you_get = models.TextField(_("what you get"))
    what_you_need = models.TextField(_("what you need"), blank=True)
    place = models.CharField(_("where"), max_length=200)
    municipio = models.PositiveSmallIntegerField(_("municipio"), null=True, blank=True)
    contact = models.CharField(_("contact"), max_length=200)
    min_age = models.PositiveSmallIntegerField(_("from age"), default=16)
    max_age = models.PositiveSmallIntegerField(_("to age"), default=34)
    language = models.CharField(_("language of the activity"), max_length=2, choices=TaughtIn, default=TaughtIn.ITALIAN)
    # For whom it was thought, with the ages above: it invites, and refuses nobody.
    situations = ArrayField(
        models.CharField(max_length=20, choices=Situation), verbose_name=_("thought for"), default=list, blank=True
    )
    # What one must bring besides the age; empty: nothing. Checked point by point in eligibility.py.
    employment_in = ArrayField(
        models.CharField(max_length=15, choices=Employment), verbose_name=_("situation"), default=list, blank=True
    )
    min_education = models.CharField(_("at least this title"), max_length=20, choices=Education, blank=True)
    italian_level = models.CharField(_("level of Italian"), max_length=6, choices=LanguageLevel, blank=True)
    wants_plan = models.BooleanField(_("only with an agreed plan"), default=False)
    state = models.CharField(max_length=10, choices=OpportunityState, default=OpportunityState.DRAFT)
    checked_on = models.DateField(_("checked on"))
    # Why it was last sent back to be changed; kept until it is published.
    returned_why = models.TextField(_("what to change"), blank=True)
    # Since when its partner is asked whether it is still right; none: not asked.
    asked_check_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    # When it last came into the catalogue; and when its text was last changed, if it was. Kept by pathways.actions.
    published_at = models.DateTimeField(null=True, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    # Kept by pathways.actions: title, summary and the rest, unaccented, Italian stems, weighted.
    search = SearchVectorField(null=True, editable=False)
    # The next run's first day, or none: what the catalogue is ordered by. Kept by pathways.actions.
    next_start_on = models.DateField(null=True, editable=False)

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "opportunities"
        indexes = [
            GinIndex(fields=["search"], name="opportunity_search"),
            models.Index(
                F("next_start_on").asc(nulls_last=True),
                "id",
                condition=Q(state="published"),
                name="opportunity_coming",
            ),
            models.Index(
                F("published_at").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(state="published"),
                name="opportunity_newest",
            ),
            models.Index(
                fields=["family", "next_start_on", "id"], condition=Q(state="published"), name="opportunity_family"
            ),
            # What came back to be changed and what is to be checked, as queries/needs.py asks for it.
            models.Index(
                fields=["organisation", "id"],
                condition=Q(state="draft", returned_why__gt="") | Q(state="published", asked_check_on__isnull=False),
                name="opportunity_to_see_to",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(max_age__gte=F("min_age")),
                name="opportunity_ages_in_order",
                violation_error_message=_("The highest age cannot be below the lowest."),
            ),
            models.CheckConstraint(
                condition=Q(municipio__isnull=True) | Q(municipio__range=(1, 9)),
                name="opportunity_municipio_1_to_9",
                violation_error_message=_("Milan has nine municipi, from 1 to 9."),
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def situation_words(self) -> list[str]:
        """Whom it was thought for, as the sentence goes on: “for whoever …”."""
        return [Situation(value).label for value in self.situations]

    @property
    def updated_at(self):
        """Since when what everybody reads is as it is now."""
        return max(filter(None, (self.created_at, self.published_at, self.changed_at)))

    @property
    def kind(self) -> str:
        """Of its state, for the status tag."""
        return {"draft": "todo", "in_review": "waiting", "published": "done", "expired": "stop"}[self.state]
