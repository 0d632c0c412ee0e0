"""Certificates: the rule of an activity, a run's certificates, one of them, and the young person's own."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from accounts.access import SignedInRequired, YoungPersonRequired, note_opening
from foundation.documents import pdf
from foundation.documents.queries import content_of
from foundation.privacy.enums import AccessReason
from migwork.attempts import attempt
from pathways import actions, forms, permissions
from pathways.enums import BatchState
from pathways.models import Certificate, Enrolment, Run
from pathways.queries import certificates as queries
from pathways.views.runs import RunPage, RunStep
from pathways.views.workspace import ActivityPage, PartnerPage


def tried(request, act, done: str) -> bool:
    """Do `act` and say what came of it; also that this machine cannot make PDFs."""
    try:
        return attempt(request, act, done)
    except pdf.Unavailable as reason:
        messages.error(request, str(reason))
        return False


class CertificateRuleEdit(ActivityPage, View):
    """What one must have done for the certificate, and which skills it names."""

    def get(self, request, *args, **kwargs):
        return self.page(forms.CertificateRuleForm(instance=queries.rule_of(self.opportunity)))

    def post(self, request, *args, **kwargs):
        form = forms.CertificateRuleForm(request.POST, instance=queries.rule_of(self.opportunity))
        if not form.is_valid():
            return self.page(form)
        actions.set_certificate_rule(
            opportunity=self.opportunity, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Saved. It holds for the certificates that you give from now on."))
        return redirect("pathways:activity-detail", slug=self.opportunity.slug)

    def page(self, form):
        context = {"form": form, "opportunity": self.opportunity}
        return render(self.request, "pathways/certificate_rule.html", context)


class RunCertificates(RunPage, View):
    """Who has a right to the certificate, who lacks what; and one button for all. HTMX asks for the progress alone."""

    def get(self, request, *args, **kwargs):
        batch = queries.latest_batch(self.run)
        if request.htmx and batch:
            return render(request, "pathways/_certificates_progress.html", self.progress(batch))
        rows = queries.standings(self.run)
        context = {
            "run": self.run,
            "rule": queries.rule_of(self.run.opportunity),
            "rows": rows,
            "due": sum(row.is_due for row in rows),
            "can_run": permissions.can_run(request.user, self.run.opportunity),
            **self.progress(batch),
        }
        return render(request, "pathways/run_certificates.html", context)

    def progress(self, batch):
        waiting = batch is not None and batch.state == BatchState.QUEUED
        return {"run": self.run, "batch": batch, "waiting": waiting}

    def post(self, request, *args, **kwargs):
        permissions.check_can_run(request.user, self.run.opportunity)
        batch = queries.latest_batch(self.run)
        if batch is not None and batch.state == BatchState.FAILED:
            attempt(request, lambda: actions.retry_certificates(batch=batch, by=request.user, now=timezone.now()))
        else:
            attempt(request, lambda: actions.ask_certificates(run=self.run, by=request.user, now=timezone.now()))
        return redirect("pathways:run-certificates", pk=self.run.pk)


class RunTests(RunStep):
    """Who passed the final test."""

    def get(self, request, *args, **kwargs):
        return self.page(forms.TestsForm(standings=queries.standings(self.run)))

    def post(self, request, *args, **kwargs):
        form = forms.TestsForm(request.POST, standings=queries.standings(self.run))
        if not form.is_valid():
            return self.page(form)
        actions.record_tests(run=self.run, results=form.results, by=request.user, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("pathways:run-certificates", pk=self.run.pk)

    def page(self, form):
        rows = [(row, form[str(row.enrolment.pk)]) for row in form.rows]
        return render(self.request, "pathways/run_tests.html", {"run": self.run, "form": form, "rows": rows})


class CertificateIssue(PartnerPage, View):
    """One person's certificate, before the others' or after."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Enrolment.objects.select_related("run__opportunity")
        self.enrolment = get_object_or_404(rows.filter(run__in=Run.objects.run_by(request.user)), pk=kwargs["pk"])
        permissions.check_can_run(request.user, self.enrolment.run.opportunity)

    def post(self, request, *args, **kwargs):
        tried(
            request,
            lambda: actions.issue_certificate(enrolment=self.enrolment, by=request.user, now=timezone.now()),
            _("The certificate is made, and its holder knows."),
        )
        return redirect("pathways:run-certificates", pk=self.enrolment.run_id)


class CertificatePage(PartnerPage):
    """Loads a certificate of the user's organisations; another's is not found."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Certificate.objects.run_by(request.user).select_related(
            *("document", "issued_by", "ended_by", "enrolment__run__opportunity", "enrolment__participation__person"),
            *("replaces__document", "replaced_by__document"),
        )
        self.certificate = get_object_or_404(rows, pk=kwargs["pk"])
        self.run = self.certificate.enrolment.run

    def page(self, form=None, verb=""):
        context = {
            "certificate": self.certificate,
            "run": self.run,
            "form": form,
            "verb": verb,
            "can_run": permissions.can_run(self.request.user, self.run.opportunity),
        }
        return render(self.request, "pathways/certificate_detail.html", context)


class CertificateDetail(CertificatePage, View):
    """One certificate: what it says, how it stands, and how to prove that its file is the one that was made."""

    def get(self, request, *args, **kwargs):
        note_opening(request, self.certificate.enrolment.participation.person, why=AccessReason.ENROLMENT)
        return self.page()


class CertificateRevoke(CertificatePage, View):
    """Say why, then take it back."""

    verb = "revoke"
    act = staticmethod(actions.revoke_certificate)
    done = gettext_lazy("Taken back. Its holder knows.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        permissions.check_can_run(request.user, self.run.opportunity)

    def get(self, request, *args, **kwargs):
        return self.page(forms.CertificateEndForm(), self.verb)

    def post(self, request, *args, **kwargs):
        form = forms.CertificateEndForm(request.POST)
        if not form.is_valid():
            return self.page(form, self.verb)
        try:
            self.act(certificate=self.certificate, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as reason:
            form.add_error(None, reason)
            return self.page(form, self.verb)
        except pdf.Unavailable as reason:
            form.add_error(None, str(reason))
            return self.page(form, self.verb)
        messages.success(request, self.done)
        return redirect("pathways:run-certificates", pk=self.run.pk)


class CertificateReissue(CertificateRevoke):
    """Say why, then make it anew with what holds today."""

    verb = "reissue"
    act = staticmethod(actions.reissue_certificate)
    done = gettext_lazy("Made anew. Its holder knows.")


class CertificateList(YoungPersonRequired, TemplateView):
    """All my certificates."""

    template_name = "pathways/certificate_list.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(certificates=queries.certificates_of(self.request.user.person), **kwargs)


class CertificatePaper(SignedInRequired, View):
    """The file, as it was made: for its holder, the desk, and the partner that gave it."""

    def get(self, request, *args, **kwargs):
        rows = Certificate.objects.visible_to(request.user).select_related("document", "enrolment__participation")
        certificate = get_object_or_404(rows.distinct(), pk=kwargs["pk"])
        note_opening(request, certificate.enrolment.participation.person_id, why=AccessReason.ENROLMENT)
        content = content_of(certificate.document)
        if content is None:
            raise Http404
        document = certificate.document
        return HttpResponse(
            content,
            content_type="application/pdf",
            headers={
                "Content-Disposition": f'attachment; filename="attestato-{document.number}-{document.year}.pdf"',
                "Cache-Control": "private, no-store",
            },
        )
