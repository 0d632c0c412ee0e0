"""The texts of an activity in other languages."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from foundation.privacy.actions import record
from pathways import permissions
from pathways.models import Opportunity, OpportunityTranslation
from pathways.translations import TEXTS, digest_of


@transaction.atomic
def save_translation(*, opportunity, language: str, by, now, of_text: str = "", **texts) -> OpportunityTranslation:
    """Write or change what an activity says in `language`. By the partner's staff or a coordinator.

    `of_text`: the digest of the Italian text that whoever translated had before them (without: the one of now). Where
    it changed meanwhile, the translation may be out of date from the beginning. What Italian says must be said.
    """
    opportunity = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    permissions.check_can_edit_activity(by, opportunity)
    unknown = set(texts) - set(TEXTS)
    if unknown:
        raise TypeError(f"no such texts: {sorted(unknown)}")
    missing = [name for name in TEXTS if getattr(opportunity, name).strip() and not texts.get(name, "").strip()]
    if missing:
        raise ValidationError(dict.fromkeys(missing, _("Italian says something here: say it in this language, too.")))
    found = (
        OpportunityTranslation.objects.select_for_update().filter(opportunity=opportunity, language=language).first()
    )
    translation = found or OpportunityTranslation(opportunity=opportunity, language=language)
    for name in TEXTS:
        setattr(translation, name, texts.get(name, "").strip())
    translation.of_text = of_text or digest_of(opportunity)
    translation.changed_at, translation.changed_by = now, by
    translation.full_clean(exclude=["opportunity", "changed_by"])
    translation.save()
    record(verb="pathways.translation_saved", by=by, now=now, on=opportunity, fields=[language])
    return translation


@transaction.atomic
def remove_translation(*, translation, by, now) -> None:
    """Take a translation out: its readers get the Italian text and are told so. By who may write it."""
    translation = (
        OpportunityTranslation.objects.select_for_update(of=("self",))
        .select_related("opportunity")
        .get(pk=translation.pk)
    )
    permissions.check_can_edit_activity(by, translation.opportunity)
    fields = [translation.language]
    record(verb="pathways.translation_removed", by=by, now=now, on=translation.opportunity, fields=fields)
    translation.delete()
