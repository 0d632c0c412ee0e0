"""The words of the papers: versions, a draft with its preview, publication."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired
from accounts.enums import Role
from internships import actions, queries, wording
from internships.enums import PaperCode
from internships.forms.papers import TemplateForm
from internships.models import PaperTemplate
from migwork.attempts import attempt


def preview(code, body, **conditions):
    """The text as it would stand in a paper about made-up people, every condition met."""
    met = dict.fromkeys(wording.CONDITIONS[code], True)
    return wording.written(body, wording.examples(code), {**met, **conditions})


class TemplatePage(RolesRequired, View):
    roles = frozenset({Role.COORDINATOR})


class TemplateList(TemplatePage):
    """Each paper with its version in force and its draft."""

    def get(self, request):
        rows = list(PaperTemplate.objects.order_by("-version"))
        papers = [
            {
                "code": code,
                "label": label,
                "current": next((row for row in rows if row.code == code and row.published_at), None),
                "draft": next((row for row in rows if row.code == code and not row.published_at), None),
            }
            for code, label in PaperCode.choices
        ]
        return render(request, "internships/template_list.html", {"papers": papers})


class TemplateEdit(TemplatePage):
    """Write the draft; look how it comes out; publish it."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.code = kwargs["code"]
        if self.code not in PaperCode.values:
            raise Http404

    def get(self, request, **kwargs):
        return self.page(TemplateForm(initial={"body": self.body()}))

    def body(self):
        draft = PaperTemplate.objects.filter(code=self.code, published_at=None).first()
        found = draft or queries.current_template(self.code)
        return found.body if found else ""

    def post(self, request, **kwargs):
        form = TemplateForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        act = {"code": self.code, "body": form.cleaned_data["body"], "by": request.user, "now": timezone.now()}
        if "publish" in request.POST:
            try:
                actions.publish_template(**act)
            except ValidationError as error:
                form.add_error("body", error.message_dict["body"])
                return self.page(form)
            messages.success(
                request, _("Published. New papers take these words; those that are made stay as they are.")
            )
            return redirect("internships:template-list")
        attempt(request, lambda: actions.save_template(**act), _("Draft saved. Below you see how it comes out."))
        return redirect("internships:template-edit", self.code)

    def page(self, form):
        body = form["body"].value() or ""
        context = {
            "code": self.code,
            "label": PaperCode(self.code).label,
            "form": form,
            "preview": preview(self.code, body),
            "faults": wording.faults(self.code, body),
            "words": wording.WORDS[self.code].items(),
            "conditions": wording.CONDITIONS[self.code].items(),
            "versions": list(PaperTemplate.objects.published().filter(code=self.code).select_related("published_by")),
        }
        return render(self.request, "internships/template_edit.html", context)


class TemplateDetail(TemplatePage):
    """A published version, as it came out."""

    def get(self, request, code, version):
        rows = PaperTemplate.objects.published().select_related("published_by")
        template = get_object_or_404(rows, code=code, version=version)
        context = {"template": template, "preview": preview(template.code, template.body)}
        return render(request, "internships/template_detail.html", context)
