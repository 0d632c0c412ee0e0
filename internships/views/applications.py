"""A young person's own applications: written, sent, looked after, taken back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import SignedInRequired, YoungPersonRequired, note_opening
from foundation.documents import pdf
from foundation.files.serving import response
from foundation.privacy.enums import AccessReason
from intake.models import Cv, CvEntry
from internships import actions
from internships.enums import ApplicationState as S
from internships.forms.applications import MOST_WORDS, ApplyForm
from internships.models import Application, Offer
from internships.permissions import can_choose
from internships.queries import applications
from internships.queries.offers import points_for
from internships.standing import standing
from migwork.attempts import attempt
from migwork.errors import NotNow
from pathways.enums import OpportunityState


class ApplicationList(YoungPersonRequired, View):
    """All of one's own, what waits first."""

    def get(self, request):
        rows = applications.applications_of(request.user.person.participations.all())
        for row in rows:
            row.standing = standing(row, now=timezone.now())
        return render(request, "internships/application_list.html", {"rows": rows})


class Apply(YoungPersonRequired, View):
    """A few words and a CV; kept at once, sent on the next page."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Offer.objects.whole().filter(opportunity__state=OpportunityState.PUBLISHED)
        self.offer = get_object_or_404(rows, pk=kwargs["pk"])
        person = request.user.person
        self.participation = applications.participation_for(person, self.offer.opportunity.edition_id)
        self.application = applications.own_application(self.offer, self.participation)
        self.has_own = Cv.objects.filter(person=person).exists() or CvEntry.objects.filter(person=person).exists()

    def form(self, data=None, files=None):
        kept = self.application.cv if self.application else None
        initial = {"text": self.application.text if self.application else ""}
        return ApplyForm(data, files, initial=initial, kept=kept, has_own=self.has_own)

    def get(self, request, **kwargs):
        if self.application is not None and self.application.state != S.DRAFT:
            return redirect("internships:application-detail", self.application.pk)
        return self.page(self.form())

    def post(self, request, **kwargs):
        form = self.form(request.POST, request.FILES)
        if self.participation is None or not form.is_valid():
            return self.page(form)
        try:
            self.application = actions.write_application(
                offer=self.offer,
                participation=self.participation,
                language=get_language(),
                by=request.user,
                now=timezone.now(),
                **form.written(),
            )
        except (ValidationError, pdf.Unavailable) as reason:
            if getattr(reason, "code", "") == "again":
                return redirect("internships:application-detail", self.application.pk)
            form.add_error(None, reason if isinstance(reason, ValidationError) else str(reason))
            return self.page(form)
        if missing := self.missing():
            # What was given is kept: the file need not be chosen again.
            form = self.form({"text": self.application.text, "which": "kept" if self.application.cv else "file"})
            form.is_valid()
            for name, sentence in missing.items():
                form.add_error(name, sentence)
            return self.page(form)
        return redirect("internships:application-send", self.application.pk)

    def missing(self) -> dict:
        text, found = self.application.text, {}
        if not text:
            found["text"] = _("Write a few words: why this internship?")
        elif len(text) > MOST_WORDS:
            said = {"most": MOST_WORDS, "now": len(text)}
            found["text"] = (
                _("It is a little long: %(now)s characters. Shorten it to %(most)s; all of it is kept.") % said
            )
        if self.application.cv is None:
            found["file"] = _("Add your CV: without it nobody can answer you.")
        return found

    def page(self, form):
        points = points_for(self.offer, self.participation, timezone.localdate(), self.application)
        context = {
            "offer": self.offer,
            "form": form,
            "points": points,
            "can_apply": not any(point.stops for point in points),
            "application": self.application,
            "has_own": self.has_own,
        }
        return render(self.request, "internships/apply.html", context)


class OwnApplication(YoungPersonRequired, View):
    """One of one's own."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Application.objects.whole().filter(participation__person=request.user.person)
        self.application = get_object_or_404(rows, pk=kwargs["pk"])


class ApplicationSend(OwnApplication):
    """Look at it once more, then send it."""

    def get(self, request, **kwargs):
        if self.application.state != S.DRAFT:
            return redirect("internships:application-detail", self.application.pk)
        return self.page()

    def post(self, request, **kwargs):
        if len(self.application.text) > MOST_WORDS:
            return redirect("internships:apply", self.application.offer_id)
        try:
            actions.send_application(application=self.application, by=request.user, now=timezone.now())
        except NotNow as reason:
            if self.application.state != S.DRAFT:
                return redirect("internships:application-detail", self.application.pk)
            return self.page(error=reason.message)
        messages.success(request, _("Sent! You need do nothing now: we write to you as soon as there is an answer."))
        return redirect("internships:application-detail", self.application.pk)

    def page(self, error=""):
        context = {"application": self.application, "offer": self.application.offer, "error": error}
        return render(self.request, "internships/application_send.html", context)


class ApplicationDetail(OwnApplication):
    """Where it stands, and what comes next."""

    def get(self, request, **kwargs):
        application = self.application
        if application.state == S.DRAFT:
            return redirect("internships:application-send", application.pk)
        internship = applications.internship_of(application)
        context = {
            "application": application,
            "offer": application.offer,
            "standing": standing(application, now=timezone.now(), internship=internship),
            "internship": internship,
            "meets": application.state == S.INVITED and application.interview_at > timezone.now(),
            "may_withdraw": application.is_waiting or (application.state == S.TAKEN and internship is None),
            "look_elsewhere": application.state in (S.TURNED_DOWN, S.WITHDRAWN, S.CLOSED)
            or (application.state == S.SENT and application.offer.run.paused_at is not None),
        }
        return render(request, "internships/application_detail.html", context)


class ApplicationWithdraw(OwnApplication):
    """Ask once more, then take it back."""

    def get(self, request, **kwargs):
        return render(
            request,
            "internships/application_withdraw.html",
            {
                "application": self.application,
                "offer": self.application.offer,
                "is_draft": self.application.state == S.DRAFT,
            },
        )

    def post(self, request, **kwargs):
        was_draft, application = self.application.state == S.DRAFT, self.application
        done = _("Thrown away.") if was_draft else _("You took it back.")
        act = lambda: actions.withdraw_application(application=application, by=request.user, now=timezone.now())  # noqa: E731
        if attempt(request, act, done) and was_draft:
            return redirect("internships:application-list")
        return redirect("internships:application-detail", application.pk)


class ApplicationCv(SignedInRequired, View):
    """The CV of an application: for whoever wrote it, and the partner to whom it was sent."""

    def get(self, request, pk):
        application = Application.objects.whole().filter(pk=pk).first()
        if application is None or application.cv is None:
            raise Http404
        is_own = application.person.user_id == request.user.pk
        if not is_own and (application.state == S.DRAFT or not can_choose(request.user, application)):
            raise Http404
        note_opening(request, application.person, why=AccessReason.APPLICATION)
        return response(application.cv)
