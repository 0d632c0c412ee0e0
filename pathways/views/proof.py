"""The public page that confirms a certificate: for whoever holds it in hand, without an account."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import View

from migwork.by_link import ByLink, may_guess
from migwork.checkdigit import read_code, spaced_code
from pathways import forms
from pathways.queries import certificates as queries

MISS = "certificate_miss"


class CertificateCheck(ByLink, View):
    """Type the code that is on the paper. Codes cannot be tried one after the other: those that miss are counted."""

    limited_as = "certificate_name"

    def get(self, request, *args, **kwargs):
        if "codice" not in request.GET:
            return self.page(forms.CodeForm())
        form = forms.CodeForm(request.GET)
        if not form.is_valid():
            return self.page(form)
        return redirect("pathways:certificate-proof", spaced_code(form.cleaned_data["codice"]))

    def page(self, form):
        return render(self.request, "pathways/certificate_check.html", {"form": form})


class CertificateProof(ByLink, View):
    """What is confirmed to whoever holds the code; more to who also types the name that is on the paper."""

    limited_as = "certificate_name"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.code = read_code(kwargs["code"])

    def limit_key(self):
        return self.code or ""

    def dispatch(self, request, *args, **kwargs):
        if not may_guess(request, limited_as=MISS):
            return HttpResponse(render_to_string("429.html", request=request), status=429)
        self.certificate = self.code and queries.certificate_of_code(self.code)
        if self.certificate is None:
            may_guess(request, limited_as=MISS, missed=True)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, *args, **kwargs):
        return self.page(forms.HolderForm())

    def post(self, request, *args, **kwargs):
        form = forms.HolderForm(request.POST)
        name = form.cleaned_data["name"] if form.is_valid() else ""
        return self.page(form, name)

    def page(self, form, name=""):
        if self.certificate is None:
            return render(self.request, "pathways/certificate_unknown.html", status=404)
        said = queries.confirmed(self.certificate, name)
        if name and said.asks_name:
            form.add_error("name", _("This is not the name on this certificate. Type it as it is printed."))
        context = {"said": said, "certificate": self.certificate, "form": form}
        return render(self.request, "pathways/certificate_proof.html", context)
