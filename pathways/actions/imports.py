"""A partner's whole list of activities at once: all of its lines, or none."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from migwork.text import sort_key
from pathways.actions.catalogue import check_edition, save_opportunity
from pathways.models import Opportunity
from programme.models import Organisation


@dataclass
class Imported:
    """What became of a line: a new draft, or an activity that was there already and stays as it is."""

    line: int
    opportunity: Opportunity
    is_new: bool


class LineRefused(Exception):
    """One line cannot be saved, and so none is: which, and why."""

    def __init__(self, line: int, sentence: str):
        super().__init__(sentence)
        self.line, self.sentence = line, sentence


@transaction.atomic
def import_activities(*, rows, edition, by, now) -> list[Imported]:
    """Write the activities of a list as drafts; `rows` are (line, fields of save_opportunity) each.

    An activity is known again by its organisation and its title, and is never changed: the same list twice
    is the same as once, also after somebody corrected a draft by hand. Raises LineRefused, and nothing is saved.
    """
    check_edition(edition)
    organisations = {fields["organisation"].pk for _line, fields in rows}
    # Two lists of one organisation wait for each other, so that neither writes what the other has just written.
    locked = Organisation.objects.select_for_update(no_key=True).filter(pk__in=organisations).order_by("pk")
    organisations = {organisation.pk for organisation in locked}
    there = Opportunity.objects.filter(edition=edition, organisation__in=organisations).defer("search", "description")
    known = {(row.organisation_id, sort_key(row.title)): row for row in there.order_by("-pk")}
    done = []
    for line, fields in rows:
        key = (fields["organisation"].pk, sort_key(fields["title"]))
        found = known.get(key)
        if found is None:
            try:
                written = save_opportunity(edition=edition, by=by, now=now, **fields)
            except ValidationError as error:
                raise LineRefused(line, " ".join(error.messages)) from error
            known[key] = written
            done.append(Imported(line, written, is_new=True))
        else:
            done.append(Imported(line, found, is_new=False))
    return done
