"""A partner's list of activities, brought as a file."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from migwork import sheets
from migwork.errors import NotNow
from pathways import actions, forms
from pathways.actions.imports import LineRefused
from pathways.queries import workspace
from pathways.views.downloads import as_download
from pathways.views.workspace import PartnerPage
from programme.queries import receiving_edition


class ListPage(PartnerPage):
    """Whoever writes activities; the columns are those of their form."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.edition = receiving_edition(timezone.localdate())

    def columns(self):
        return forms.Columns(
            organisations=workspace.organisations_for(self.request.user, self.edition).order_by("short_name"),
            macro_actions=workspace.macro_actions_of(self.edition),
        )


class ActivityImport(ListPage, View):
    """Bring a list: all of its lines become drafts, or none does and each fault is named."""

    def get(self, request, *args, **kwargs):
        return self.page(forms.ImportForm())

    def post(self, request, *args, **kwargs):
        form = forms.ImportForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form)
        listed, done = self.columns().read(form.cleaned_data["file"].read()), []
        if not listed.faults:
            try:
                done = actions.import_activities(
                    rows=listed.rows, edition=self.edition, by=request.user, now=timezone.now()
                )
            except LineRefused as refused:
                listed.faults.append(forms.Fault(refused.sentence, refused.line))
            except NotNow as reason:
                listed.faults.append(forms.Fault(reason.message))
        return self.page(forms.ImportForm(), listed=listed, done=done)

    def page(self, form, listed=None, done=()):
        context = {
            "form": form,
            "listed": listed,
            "new": [row for row in done if row.is_new],
            "known": [row for row in done if not row.is_new],
        }
        return render(self.request, "pathways/activity_import.html", context)


class ActivityTemplate(ListPage, View):
    """An empty list with the headings; the XLSX says on further sheets what can be written, and shows an example."""

    kind = ""

    def get(self, request, *args, **kwargs):
        columns = self.columns()
        name = _("activities")
        if self.kind == "csv":
            return as_download(sheets.as_csv(columns.headings, []), sheets.CSV_TYPE, f"{name}.csv")
        content = sheets.as_xlsx(_("Activities"), columns.headings, [], others=columns.explained())
        return as_download(content, sheets.XLSX_TYPE, f"{name}.xlsx")
