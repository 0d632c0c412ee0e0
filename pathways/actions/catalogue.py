"""Activities: written, published, found."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from migwork.errors import NotNow
from pathways import hooks, notifications, permissions, search
from pathways.actions.words import learn_words, renew_words
from pathways.enums import OpportunityState
from pathways.models import Opportunity, Run
from pathways.workflow import OPPORTUNITY

# What a partner writes about an activity.
FIELDS = (
    "edition",
    "organisation",
    "macro_action",
    "family",
    "title",
    "summary",
    "description",
    "for_whom",
    "what_you_get",
    "what_you_need",
    "place",
    "municipio",
    "contact",
    "min_age",
    "max_age",
    "language",
    "situations",
    "employment_in",
    "min_education",
    "italian_level",
    "wants_plan",
)
# Words that the addresses of the partner's pages use.
_RESERVED = {
    "nuova",
    "edizioni",
    "importa",
    "incontri",
    "iscrizioni",
    "per-te",
    "percorsi",
    "sinonimi",
    "feed",
    "formatori",
    "aule",
}


@transaction.atomic
def save_opportunity(*, opportunity=None, by, now, **fields) -> Opportunity:
    """Write a new activity (a draft), or change one. By the partner's staff or a coordinator.

    `fields` are any of FIELDS. A change of a published activity shows at once:
    see docs/adr on publishing. Its address never changes.
    """
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such fields: {sorted(unknown)}")
    is_new = opportunity is None
    if is_new:
        opportunity = Opportunity(created_at=now)
    else:
        opportunity = (
            Opportunity.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=opportunity.pk)
        )
        permissions.check_can_edit_activity(by, opportunity)
    changed = [name for name, value in fields.items() if is_new or getattr(opportunity, name) != value]
    for name in changed:
        setattr(opportunity, name, fields[name])
    permissions.check_can_edit_activity(by, opportunity)
    check_edition(opportunity.edition_id)
    _check_macro_action(opportunity)
    opportunity.checked_on, opportunity.asked_check_on = timezone.localdate(now), None
    if is_new:
        opportunity.slug = _free_slug(opportunity.title)
    elif changed:
        opportunity.changed_at = now
    opportunity.save()
    Opportunity.objects.filter(pk=opportunity.pk).update(search=search.vector(opportunity))
    if opportunity.state == OpportunityState.PUBLISHED:
        learn_words(search.words_of_activity(opportunity))
    verb = "pathways.opportunity_created" if is_new else "pathways.opportunity_changed"
    record(verb=verb, by=by, now=now, on=opportunity, fields=changed)
    return opportunity


def check_edition(edition) -> None:
    """NotNow between two editions, when there is none to write into."""
    if edition is None:
        raise NotNow(_("No edition receives people now: nothing can be written into its catalogue."), code="edition")


def _check_macro_action(opportunity) -> None:
    macro_action = opportunity.macro_action
    if macro_action is not None and macro_action.edition_id != opportunity.edition_id:
        raise ValidationError({"macro_action": _("This macro-action belongs to another edition.")})


def _free_slug(title: str) -> str:
    base = slugify(title)[:100].strip("-") or "attivita"
    taken = set(Opportunity.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | _RESERVED
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def change_state(*, opportunity, verb, by, now, why="") -> Opportunity:
    """Take an activity one step on: submit, publish, return, expire (see workflow.OPPORTUNITY).

    Submit and expire: the partner's staff or a coordinator. Publish and return: the
    partner's administrator or a coordinator; who returns says `why`, and the partner's staff are told.
    """
    opportunity = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    permissions.check_can_change_state(by, opportunity, verb)
    opportunity.state = OPPORTUNITY.target(opportunity.state, verb)
    if verb == "return":
        if not why.strip():
            raise ValidationError({"why": _("Say in a sentence what to change.")})
        opportunity.returned_why = why.strip()
    if verb == "publish":
        opportunity.checked_on = timezone.localdate(now)
        opportunity.asked_check_on, opportunity.returned_why = None, ""
        opportunity.published_at = now
        learn_words(search.words_of_activity(opportunity))
    opportunity.save(update_fields=["state", "checked_on", "asked_check_on", "returned_why", "published_at"])
    record(verb=f"pathways.opportunity_{verb}", by=by, now=now, on=opportunity, fields=["state"])
    if verb == "return":
        notifications.activity_returned(opportunity, now=now)
    if verb == "expire":
        hooks.taken_off.call(opportunity=opportunity, by=by, now=now)
    return opportunity


def refresh_next_starts(*, now, opportunity=None) -> int:
    """Bring the dates by which the catalogue is ordered up to date, of one activity or of all; how many changed.

    Called by whatever changes a run, and once a day when runs stop taking enrolments.
    """
    today: date = timezone.localdate(now)
    coming = Run.objects.open_on(today).filter(opportunity=OuterRef("pk")).order_by("starts_on").values("starts_on")[:1]
    stale = Opportunity.objects.annotate(coming=Subquery(coming)).filter(
        ~Q(next_start_on=F("coming"))
        | Q(next_start_on__isnull=True, coming__isnull=False)
        | Q(next_start_on__isnull=False, coming__isnull=True)
    )
    if opportunity is not None:
        stale = stale.filter(pk=opportunity.pk)
    return Opportunity.objects.filter(pk__in=list(stale.values_list("pk", flat=True))).update(
        next_start_on=Subquery(coming)
    )


@transaction.atomic
def renew_search() -> int:
    """Write what every activity is found by again, and the words that are known: after a bulk load, or when the
    weights change. How many activities.
    """
    count = 0
    for opportunity in Opportunity.objects.select_related("organisation").order_by("pk").iterator(chunk_size=1000):
        count += Opportunity.objects.filter(pk=opportunity.pk).update(search=search.vector(opportunity))
    renew_words()
    return count
