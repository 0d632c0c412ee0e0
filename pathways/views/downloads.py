"""Lists that are taken out as files."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import note_opening
from foundation.privacy.enums import AccessReason
from migwork import sheets
from pathways.queries.exports import people_list
from pathways.views.dates import RunChangePage


def as_download(content, content_type, name) -> HttpResponse:
    """A file to be saved, which no cache keeps."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


class RunList(RunChangePage, View):
    """Who takes part and who waits, as a file; each of them is shown that it was taken."""

    kind = ""

    def get(self, request, *args, **kwargs):
        people = people_list(self.run)
        note_opening(request, *people.persons, why=AccessReason.ENROLMENT)
        name = f"{_('list')}-{self.run.opportunity.slug}-{self.run.starts_on:%Y-%m-%d}-{timezone.localdate():%Y-%m-%d}"
        if self.kind == "csv":
            return as_download(sheets.as_csv(people.columns, people.rows), sheets.CSV_TYPE, f"{name}.csv")
        content = sheets.as_xlsx(_("Who takes part"), people.columns, people.rows)
        return as_download(content, sheets.XLSX_TYPE, f"{name}.xlsx")
