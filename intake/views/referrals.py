"""Referrals: written by the operator, answered by the partner."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.access import RolesRequired, note_opening
from accounts.enums import Role
from foundation.privacy.enums import AccessReason
from intake import actions, hooks, queries
from intake.enums import ReferralState
from intake.forms import ReferralAnswerForm, ReferralFeedbackForm, ReferralForm
from intake.models import Referral
from intake.permissions import can_answer_referral, check_can_answer_referral
from intake.views.base import OfPerson, file_url
from migwork.acting import ActingForm


class ReferralCreate(OfPerson, ActingForm):
    """Entrust a person to a partner."""

    template_name = "intake/referral_create.html"
    form_class = ReferralForm
    done = _("Sent to the partner.")

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "organisations": queries.partners_of(self.participation.edition),
            "plan_actions": queries.outstanding_actions(self.participation),
        }

    def get_initial(self):
        return {"plan_action": self.request.GET.get("azione", "")}

    def act(self, data):
        actions.refer(participation=self.participation, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return file_url(self.participation, "invii")


class ReferralList(RolesRequired, TemplateView):
    """Who was referred to us: those waiting for an answer, then the others."""

    template_name = "intake/referral_list.html"
    roles = frozenset({Role.PARTNER_STAFF, Role.PARTNER_ADMIN})

    def get_context_data(self, **kwargs):
        state = self.request.GET.get("stato", ReferralState.SENT)
        shown = [choice for choice in ReferralState.choices if choice[0] != ReferralState.WITHDRAWN]
        state = state if state in dict(shown) else ReferralState.SENT
        before = _moment(self.request.GET.get("prima"))
        rows = queries.referrals_for(self.request.user, state=state, before=before)
        more = rows[queries.PAGE - 1].sent_at.isoformat() if len(rows) > queries.PAGE else ""
        return super().get_context_data(rows=rows[: queries.PAGE], state=state, states=shown, more=more, **kwargs)


def _moment(text):
    try:
        moment = parse_datetime(text or "")
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None


class OfReferral(RolesRequired):
    """A page about one referral."""

    roles = frozenset({Role.PARTNER_STAFF, Role.PARTNER_ADMIN})

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.referral = get_object_or_404(
            Referral.objects.visible_to(request.user).select_related(
                "participation__person", "organisation", "plan_action__goal", "sent_by", "answered_by"
            ),
            pk=kwargs["pk"],
        )

    def get_context_data(self, **kwargs):
        person = self.referral.participation.person
        links = hooks.referral_links.call(referral=self.referral, user=self.request.user)
        return super().get_context_data(
            referral=self.referral,
            links=[link for found in links for link in found],
            person=person,
            age=person.age_on(timezone.localdate()),
            may_answer=can_answer_referral(self.request.user, self.referral),
            **{"feedback_form": ReferralFeedbackForm(), **kwargs},
        )


class ReferralDetail(OfReferral, TemplateView):
    """What the partner needs of the person, and no more: name, contact, what for."""

    template_name = "intake/referral_detail.html"

    def get(self, request, *args, **kwargs):
        note_opening(request, self.referral.participation.person, why=AccessReason.REFERRAL)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=ReferralAnswerForm(), **kwargs)


class ReferralAnswer(OfReferral, ActingForm):
    """Accept or decline."""

    template_name = "intake/referral_detail.html"
    form_class = ReferralAnswerForm
    http_method_names = ["post"]
    done = _("Thank you: the young person is told.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_answer_referral(request.user, self.referral)

    def act(self, data):
        verb = "accept" if "accept" in self.request.POST else "decline"
        actions.answer_referral(
            referral=self.referral, verb=verb, answer=data["answer"], by=self.request.user, now=timezone.now()
        )

    def get_success_url(self):
        return reverse("intake:referral-detail", args=[self.referral.pk])


class ReferralFeedback(OfReferral, ActingForm):
    """How it goes with somebody who was accepted."""

    template_name = "intake/referral_detail.html"
    form_class = ReferralFeedbackForm
    http_method_names = ["post"]
    done = _("Thank you: the operator is told.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_answer_referral(request.user, self.referral)

    def get_context_data(self, **kwargs):
        return super().get_context_data(feedback_form=self.get_form(), **kwargs)

    def act(self, data):
        actions.give_feedback(referral=self.referral, text=data["text"], by=self.request.user, now=timezone.now())

    def get_success_url(self):
        return reverse("intake:referral-detail", args=[self.referral.pk])
