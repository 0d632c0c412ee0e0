"""Enrolling and withdrawing: by the young person, and by an operator for somebody of the desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from accounts.access import RolesRequired, SignedInRequired, YoungPersonRequired, note_opening
from accounts.enums import Role
from foundation.privacy.enums import AccessReason
from intake.models import Participation
from migwork.errors import NotNow
from pathways import actions, forms, permissions
from pathways.enums import ACTIVE, EnrolmentState, OpportunityState
from pathways.models import Enrolment, Run
from pathways.queries import assessments, catalogue, desk, mine, signatures
from pathways.views.friends import came_by


class EnrolmentList(YoungPersonRequired, TemplateView):
    """All activities of the signed-in young person."""

    template_name = "pathways/enrolment_list.html"

    def get_context_data(self, **kwargs):
        person = self.request.user.person
        enrolments = mine.enrolments_of(person.participations.all())
        signatures.mark_unsigned(enrolments, person, timezone.localdate())
        return {"enrolments": enrolments}


class RunEnrol(YoungPersonRequired, View):
    """Look at it once more, then enrol."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Run.objects.by_enrolment().filter(opportunity__state=OpportunityState.PUBLISHED)
        self.run = get_object_or_404(rows.select_related("opportunity__organisation"), pk=kwargs["pk"])
        self.participation = mine.participation_in(request.user.person, self.run.opportunity.edition_id)
        self.plan_actions = mine.open_activity_actions(self.participation) if self.participation else []

    def get(self, request, *args, **kwargs):
        chosen = mine.proposed_action(self.plan_actions, request.GET.get("azione"))
        return self.page(forms.EnrolForm(actions=self.plan_actions, chosen=chosen))

    def post(self, request, *args, **kwargs):
        form = forms.EnrolForm(request.POST, actions=self.plan_actions)
        if self.participation is None or not form.is_valid():
            return self.page(form)
        try:
            enrolment = actions.enrol(
                run=self.run,
                participation=self.participation,
                plan_action=form.plan_action,
                friend=came_by(request),
                by=request.user,
                now=timezone.now(),
            )
        except NotNow as reason:
            if reason.code == "again":
                return redirect("pathways:enrolment-detail", pk=mine.own_enrolment(self.run, self.participation).pk)
            form.add_error(None, reason)
            return self.page(form)
        return redirect("pathways:enrolment-detail", pk=enrolment.pk)

    def page(self, form):
        points, enrolment = mine.why(self.run, self.participation, on=timezone.localdate())
        context = {"run": self.run, "form": form, "points": points, "enrolment": enrolment}
        context["can_ask"] = not any(point.stops for point in points)
        context["is_minor"] = not self.request.user.person.is_of_age_on(self.run.starts_on)
        return render(self.request, "pathways/run_enrol.html", context)


class EnrolmentPage(SignedInRequired):
    """Loads an enrolment that the user may see."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Enrolment.objects.visible_to(request.user).select_related(
            "run__opportunity__organisation", "participation__person", "plan_action"
        )
        self.enrolment = get_object_or_404(rows.distinct(), pk=kwargs["pk"])
        if not permissions.can_see_enrolment(request.user, self.enrolment):
            raise PermissionDenied


class EnrolmentDetail(EnrolmentPage, TemplateView):
    """Where one stands, and what happens now."""

    template_name = "pathways/enrolment_detail.html"

    def get(self, request, *args, **kwargs):
        note_opening(request, self.enrolment.participation.person, why=AccessReason.ENROLMENT)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        enrolment, user = self.enrolment, self.request.user
        person = enrolment.participation.person
        missing = []
        if enrolment.state in ACTIVE:
            missing = signatures.missing(person, enrolment.run.opportunity, timezone.localdate())
        # Who signs, and what they answered, is for the person and the desk.
        is_close = permissions.can_enrol(user, enrolment.participation)
        sessions = mine.sessions_with_marks(enrolment)
        return {
            **self.said(enrolment, sessions),
            "enrolment": enrolment,
            "run": enrolment.run,
            "is_own": person.user_id == user.pk,
            "is_close": is_close,
            "missing": missing,
            "may_remind": permissions.can_withdraw(user, enrolment)
            and not person.safe_contact
            and bool(signatures.to_be_reminded(missing)),
            "was_refused": is_close and signatures.was_refused(enrolment),
            "sessions": sessions,
            "certificate": enrolment.certificates.valid().first(),
            "coming": mine.coming_session(enrolment, timezone.now()),
            "position": mine.position(enrolment) if enrolment.state == EnrolmentState.WAITING else None,
            "can_withdraw": permissions.can_withdraw(self.request.user, enrolment)
            and enrolment.state in (EnrolmentState.ENROLLED, EnrolmentState.WAITING),
            "can_move": bool(desk.other_runs(enrolment, on=timezone.localdate())),
            "may_answer": enrolment.state == EnrolmentState.OFFERED and is_close,
        }

    def said(self, enrolment, sessions) -> dict:
        """What one is asked and what one said of oneself: for one's own eyes."""
        if not permissions.can_assess(self.request.user, enrolment):
            return {"asked": None, "has_begun": False, "picture": None}
        was_there = any(session.there for session in sessions)
        asked = assessments.asked_about(enrolment, timezone.localdate(), was_there)
        return {
            "asked": asked,
            "has_begun": bool(asked.next and asked.has_begun(asked.next)),
            "picture": assessments.picture(asked.rows, get_language()),
        }


class EnrolmentRemind(EnrolmentPage, View):
    """Send the link again to whoever has not signed yet."""

    def post(self, request, *args, **kwargs):
        try:
            actions.remind_signers(enrolment=self.enrolment, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.warning(request, reason.message)
        else:
            messages.success(request, _("Sent again. The link before is no longer good."))
        return redirect("pathways:enrolment-detail", pk=self.enrolment.pk)


class EnrolmentWithdraw(EnrolmentPage, View):
    """Ask once more, then give the place back."""

    def get(self, request, *args, **kwargs):
        permissions.check_can_withdraw(request.user, self.enrolment)
        return render(request, "pathways/enrolment_withdraw.html", {"enrolment": self.enrolment})

    def post(self, request, *args, **kwargs):
        try:
            actions.withdraw(enrolment=self.enrolment, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.warning(request, reason.message)
        return redirect("pathways:enrolment-detail", pk=self.enrolment.pk)


class PersonEnrol(RolesRequired, View):
    """An operator looks for an activity together with a person, and enrols them."""

    roles = {Role.OPERATOR}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Participation.objects.visible_to(request.user).select_related("person", "edition")
        self.participation = get_object_or_404(rows, pk=kwargs["pk"])

    def get(self, request, *args, **kwargs):
        return self.page()

    def post(self, request, *args, **kwargs):
        runs = desk.runs_on_offer(self.participation.edition)
        run = get_object_or_404(runs, pk=desk.as_uuid(request.POST.get("run")))
        action = mine.asked_action(self.participation, request.POST.get("azione"))
        try:
            enrolment = actions.enrol(
                run=run, participation=self.participation, plan_action=action, by=request.user, now=timezone.now()
            )
        except NotNow as reason:
            return self.page(error=reason.message)
        word = _("Enrolled.") if enrolment.state == EnrolmentState.ENROLLED else _("On the waiting list.")
        messages.success(request, word)
        return redirect("pathways:person-enrol", pk=self.participation.pk)

    def page(self, error=""):
        wanted = catalogue.Wanted.read(self.request.GET)
        context = {
            "participation": self.participation,
            "wanted": wanted,
            "error": error,
            "offers": desk.offers(self.participation, wanted.q, on=timezone.localdate()),
            "plan_actions": mine.open_activity_actions(self.participation),
            "enrolments": mine.enrolments_of([self.participation]),
        }
        signatures.mark_unsigned(context["enrolments"], self.participation.person, timezone.localdate())
        return render(self.request, "pathways/person_enrol.html", context)
