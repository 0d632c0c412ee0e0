"""Proposing an internship; its page and its steps."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired, SignedInRequired, note_opening
from foundation.privacy.enums import AccessReason
from foundation.privacy.sentences import sentence_for
from internships import actions, queries
from internships.forms.internships import InternshipForm, StepForm
from internships.judgement import Judgement
from internships.models import Host
from internships.permissions import can_work_on, check_can_work_on
from internships.queries.applications import taken_by
from internships.showing.internship import intern_page, promoter_page
from internships.views.roles import PARTNER


class InternshipCreate(RolesRequired, View):
    """From an accepted referral: first the host, found by typing; then the rest."""

    roles = PARTNER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.referral = get_object_or_404(queries.referrals_of(request.user), pk=kwargs["pk"])
        number = request.GET.get("azienda", "")
        self.host = Host.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
        # Whoever applied for an offer is proposed what it says, unless another host is looked for.
        self.application = taken_by(self.referral)
        if self.application and not self.host and "cerca" not in request.GET:
            self.host = self.application.offer.unit.host

    def get(self, request, **kwargs):
        if self.host:
            return self.page(self.form())
        text = request.GET.get("cerca", "")[:100]
        context = {
            "referral": self.referral,
            "text": text,
            "hosts": queries.find_hosts(text) if text else queries.recent_hosts(self.referral.organisation_id),
            "may_open": queries.can_be_served(self.referral),
        }
        return render(request, "internships/internship_create_host.html", context)

    def post(self, request, **kwargs):
        if not self.host:
            return self.get(request)
        form = self.form(request.POST)
        if form.is_valid():
            try:
                internship = actions.open_internship(
                    referral=self.referral,
                    overrides=form.reasons(),
                    by=request.user,
                    now=timezone.now(),
                    **form.cleaned_data,
                )
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The internship is proposed."))
                return redirect("internships:internship-detail", internship.pk)
        return self.page(form)

    def form(self, data=None):
        return InternshipForm(
            data,
            host=self.host,
            organisation_id=self.referral.organisation_id,
            user=self.request.user,
            initial=self.initial(),
        )

    def initial(self) -> dict:
        """What is known already: from the offer, else from the step of the plan."""
        offer = self.application.offer if self.application else None
        if offer is None or offer.unit.host_id != self.host.pk:
            action = self.referral.plan_action
            return {"title": action.title if action else ""}
        known = {name: getattr(offer, name) for name in ("kind", "unit", "weekly_hours")}
        if offer.host_tutor:
            known["host_tutor"] = offer.host_tutor
        dates = {"starts_on": offer.run.starts_on, "ends_on": offer.run.ends_on}
        return {"title": offer.opportunity.title, "promoter_tutor": offer.answered_by_id, **known, **dates}

    def judgement(self, form) -> Judgement:
        """What the rules say of as much as is typed."""
        form.is_valid()  # once: what the action refused stays
        proposed = queries.typed(self.referral, form.cleaned_data)
        return Judgement(queries.findings_of(proposed), form.reasons())

    def page(self, form):
        context = {"referral": self.referral, "host": self.host, "form": form, "may_override": True}
        context["judgement"] = self.judgement(form) if form.is_bound else None
        return render(self.request, "internships/internship_create.html", context)


class InternshipPage(SignedInRequired, View):
    """One internship: the promoter works on it, operators read, the intern reads it in their own words."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.internship = self.read(kwargs["pk"], request.user)

    def read(self, pk, user):
        """With all that hangs on it."""
        return get_object_or_404(queries.whole(pk, user))

    def page(self, form=None):
        user, internship = self.request.user, self.internship
        if internship.participation.person.user_id == user.pk:
            return render(self.request, "internships/my_internship.html", intern_page(internship, user))
        context = promoter_page(internship, user, may_work=can_work_on(user, internship), form=form)
        return render(self.request, "internships/internship_detail.html", context)


class InternshipDetail(InternshipPage):
    def get(self, request, **kwargs):
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        return self.page()


class InternshipStep(InternshipPage):
    """One step of the workflow."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_work_on(request.user, self.internship)

    def post(self, request, **kwargs):
        form = StepForm(request.POST)
        if form.is_valid():
            try:
                actions.move(internship=self.internship, by=request.user, now=timezone.now(), **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
                self.internship.refresh_from_db()
            else:
                messages.success(request, sentence_for(f"internships.{actions.EVENTS[form.cleaned_data['verb']]}"))
                return redirect("internships:internship-detail", self.internship.pk)
        return self.page(form)
