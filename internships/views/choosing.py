"""One application as the partner reads it, and what the partner decides."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired, note_opening
from foundation.privacy.enums import AccessReason
from internships import actions
from internships.enums import ApplicationState as S
from internships.enums import TurnedDown
from internships.forms.applications import InterviewForm, TurnDownForm
from internships.models import Application
from internships.permissions import check_can_choose
from internships.queries import applications
from internships.standing import KINDS
from internships.views.roles import PARTNER
from internships.workflow import APPLICATION
from migwork.attempts import attempt


class ReviewPage(RolesRequired, View):
    """An application for an offer of one's own organisation."""

    roles = PARTNER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Application.objects.of_staff(request.user).whole()
        self.application = get_object_or_404(rows, pk=kwargs["pk"])
        check_can_choose(request.user, self.application)

    def page(self, interview=None, no=None):
        application, now = self.application, timezone.now()
        link = application.links.filter(revoked_at=None).select_related("tutor").first()
        context = {
            "application": application,
            "offer": application.offer,
            "person": application.person,
            "age": application.person.age_on(timezone.localdate()),
            "kind": KINDS[application.state],
            "verbs": APPLICATION.verbs(application.state),
            "link": link if link and link.is_open(now) else None,
            "internship": applications.internship_of(application),
            "propose_url": self.propose_url(),
            "interview": interview or InterviewForm(initial=self.interview()),
            "no": no or TurnDownForm(),
            "asks_interview": interview is not None,
            "asks_no": no is not None,
        }
        return render(self.request, "internships/application_review.html", context)

    def interview(self) -> dict:
        application = self.application
        if application.interview_at is None:
            return {"place": f"{application.offer.unit.address}, {application.offer.unit.municipality}"}
        at = timezone.localtime(application.interview_at)
        return {"day": at.date(), "time": at.time(), "place": application.interview_place}

    def propose_url(self) -> str:
        """Where the internship is proposed, with what the offer says already."""
        application = self.application
        if application.state != S.TAKEN:
            return ""
        page = reverse("internships:internship-create", args=[application.referral_id])
        return f"{page}?azienda={application.offer.unit.host_id}"


class ApplicationReview(ReviewPage):
    def get(self, request, **kwargs):
        note_opening(request, self.application.person, why=AccessReason.APPLICATION)
        return self.page()


class ApplicationDecide(ReviewPage):
    """One decision: `verb` comes with the button."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        known = {"application": self.application, "by": request.user, "now": timezone.now()}
        match request.POST.get("verb"):
            case "shortlist":
                attempt(request, lambda: actions.shortlist(**known), _("On the shortlist: the young person is told."))
            case "take":
                if attempt(request, lambda: actions.take(**known), _("Taken! Now propose the internship.")):
                    self.application.refresh_from_db()
                    return redirect(self.propose_url())
            case "to_host":
                attempt(
                    request, lambda: actions.ask_host_about(**known), _("Sent to the host. The link before is closed.")
                )
            case "close_link":
                attempt(
                    request, lambda: actions.take_host_link_back(**known), _("The host’s link opens nothing any more.")
                )
            case "invite":
                return self.invite(InterviewForm(request.POST), known)
            case "turn_down":
                return self.turn_down(TurnDownForm(request.POST), known)
        return redirect("internships:application-review", self.application.pk)

    def invite(self, form, known):
        if form.is_valid():
            try:
                actions.invite(**known, at=form.moment(), place=form.cleaned_data["place"])
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(self.request, _("Invited: the young person hears when and where."))
                return redirect("internships:application-review", self.application.pk)
        return self.page(interview=form)

    def turn_down(self, form, known):
        if not form.is_valid():
            return self.page(no=form)
        application = known.pop("application")
        reason = TurnedDown(form.cleaned_data["reason"])
        act = lambda: actions.turn_down(applications=[application], reason=reason, **known)  # noqa: E731
        attempt(self.request, act, _("The young person is told, kindly."))
        return redirect("internships:application-review", self.application.pk)
