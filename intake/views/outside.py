"""Referrals to services outside: the operator's pages, and the one that the service opens by its link."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from intake import actions, queries
from intake.forms import OutsideReferralForm, ReferralAnswerForm, ReferralFeedbackForm
from intake.views.base import OfPerson, OperatorRequired, about_person, file_url
from migwork.acting import ActingForm
from migwork.attempts import attempt
from migwork.by_link import ByLink


class OutsideCreate(OfPerson, ActingForm):
    """Send a person to a service that is no partner."""

    template_name = "intake/outside_create.html"
    form_class = OutsideReferralForm
    beside = {"agreed": "agreed", "email": "email"}

    def act(self, data):
        self.referral = actions.refer_outside(
            participation=self.participation, **data, by=self.request.user, now=self.now
        )
        done = (
            _("Sent. The answer appears here.")
            if data["email"]
            else _("Noted. Now call them, and type the answer here.")
        )
        messages.success(self.request, done)

    def get_success_url(self):
        return reverse("intake:outside-detail", args=[self.referral.pk])


def answered(request, referral, by, now):
    """Do what one of the buttons of these pages says; the form that was refused, or None."""
    if "feedback" in request.POST:
        form, act = ReferralFeedbackForm(request.POST), _feedback
    else:
        form, act = ReferralAnswerForm(request.POST), _answer
    if form.is_valid():
        try:
            act(request, referral, form.cleaned_data, by, now)
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return None if form.is_valid() else form


def _answer(request, referral, data, by, now):
    verb = "accept" if "accept" in request.POST else "decline"
    actions.answer_outside(referral=referral, verb=verb, answer=data["answer"], by=by, now=now)


def _feedback(request, referral, data, by, now):
    actions.tell_how_it_went(referral=referral, text=data["text"], by=by, now=now)


def _forms(refused):
    """The two forms of a page, the refused one with what was typed."""
    answer, feedback = ReferralAnswerForm(), ReferralFeedbackForm()
    if isinstance(refused, ReferralFeedbackForm):
        feedback = refused
    elif refused is not None:
        answer = refused
    return {"form": refused or answer, "answer_form": answer, "feedback_form": feedback}


class OfOutside(OperatorRequired):
    """A page about one referral to a service."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.referral = queries.outside_referral_for(request.user, kwargs["pk"])
        if self.referral is None:
            raise Http404

    def here(self):
        return HttpResponseRedirect(reverse("intake:outside-detail", args=[self.referral.pk]))


class OutsideDetail(OfOutside, TemplateView):
    """How it stands; what the service said on the telephone is typed here."""

    template_name = "intake/outside_detail.html"

    def get_context_data(self, **kwargs):
        about = about_person(self.referral.participation)
        return super().get_context_data(
            referral=self.referral,
            late=self.referral.state == "sent" and self.referral.answer_by < timezone.localdate(self.now),
            back=file_url(self.referral.participation, "invii"),
            **about,
            **_forms(kwargs.pop("refused", None)),
            **kwargs,
        )

    def post(self, request, pk):
        refused = answered(request, self.referral, request.user, self.now)
        if refused is not None:
            return self.render_to_response(self.get_context_data(refused=refused))
        messages.success(request, _("Noted."))
        return self.here()


class OutsideAgain(OfOutside, View):
    """Send the link once more, or take the referral back."""

    http_method_names = ["post"]

    def post(self, request, pk, step):
        act, done = {
            "rimanda": (actions.ask_outside_again, _("Sent once more.")),
            "ritira": (actions.take_back_outside, _("Taken back: the link shows nothing more.")),
        }.get(step, (None, None))
        if act is None:
            raise Http404
        attempt(request, lambda: act(referral=self.referral, by=request.user, now=self.now), done)
        return self.here()


class OutsideLink(ByLink, View):
    """What the service sees by its link: opening it changes nothing, as often as one likes; a button answers."""

    limited_as = "outside_link"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.referral = queries.referral_of_token(kwargs["token"])
        if self.referral is None:
            raise Http404

    def limit_key(self):
        return str(self.referral.pk)

    def page(self, refused=None):
        live = queries.is_live(self.referral, self.now)
        person = self.referral.participation.person
        context = {"referral": self.referral, "live": live, **_forms(refused)}
        if live:
            context |= {
                "person": person,
                "age": person.age_on(timezone.localdate(self.now)),
                # Where home is dangerous nobody else calls there either.
                "reach": [person.phone_to_call, person.email_to_write],
            }
        return render(self.request, "intake/outside_link.html", context)

    def get(self, request, token):
        return self.page()

    def post(self, request, token):
        refused = answered(request, self.referral, None, self.now)
        if refused is not None:
            return self.page(refused)
        messages.success(request, _("Thank you: the desk knows."))
        return HttpResponseRedirect(request.path)
