"""A business of one's own: the idea, written part by part."""

from django.db import transaction
from django.utils.translation import gettext as _

from migwork.errors import NotNow
from pathways import permissions
from pathways.actions.paths import begin_path, check_open, locked_path, noted, write_steps
from pathways.enums import PathKind
from pathways.models import IdeaSheet
from pathways.paths import MILESTONES, PARTS_OF_IDEA
from pathways.queries.ventures import mark_of


@transaction.atomic
def begin_idea(*, participation, title, by, now) -> IdeaSheet:
    """Write an idea down for the first time: its path begins. By the young person, or an operator with them."""
    path = begin_path(participation=participation, kind=PathKind.VENTURE, by=by, now=now)
    return name_idea(path=path, title=title, by=by, now=now)


@transaction.atomic
def name_idea(*, path, title, by, now) -> IdeaSheet:
    """The idea in one sentence; its milestones come onto the list. By the young person, or whoever goes along."""
    path = _locked(path, by)
    sheet = IdeaSheet.objects.select_for_update(of=("self",)).filter(path=path).first()
    if sheet is None:
        sheet = IdeaSheet.objects.create(path=path, title=title, changed_at=now, changed_by=by)
        write_steps(path, MILESTONES, by=by, now=now)
    elif sheet.title == title:
        return sheet
    else:
        sheet.title, sheet.changed_at, sheet.changed_by = title, now, by
        sheet.save(update_fields=["title", "changed_at", "changed_by"])
    noted("idea_written", path, by, now, fields=["title"])
    return sheet


@transaction.atomic
def write_part(*, path, part, text, seen, by, now) -> IdeaSheet:
    """Write one part, as far as one has come. By the young person, or whoever goes along.

    `seen` is the mark (`mark_of`) of what stood there when it was opened: NotNow when somebody has written it since.
    """
    path = _locked(path, by)
    if part not in PARTS_OF_IDEA:
        raise LookupError(part)
    sheet = IdeaSheet.objects.select_for_update(of=("self",)).filter(path=path).first()
    if sheet is None:
        raise NotNow(_("Write the idea in one sentence first."), code="idea")
    text = text.strip()
    if getattr(sheet, part) == text:
        return sheet
    if mark_of(getattr(sheet, part)) != seen:
        raise NotNow(_("Somebody has written here in the meantime. Your words are kept: look at both, then save."))
    setattr(sheet, part, text)
    sheet.changed_at, sheet.changed_by = now, by
    sheet.save(update_fields=[part, "changed_at", "changed_by"])
    noted("idea_written", path, by, now, fields=[part])
    return sheet


def _locked(path, by):
    path = locked_path(path)
    permissions.check_can_walk(by, path)
    check_open(path)
    if path.kind != PathKind.VENTURE:
        raise NotNow(_("This is no path to a business."), code="kind")
    return path
