"""Requests about one's own data: who asks, and the privacy officer who answers."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts import actions
from accounts.access import OfficerRequired, note_opening
from accounts.enums import RequestKind, RequestState
from accounts.forms.my_data import AnswerForm, EraseForm, ExtendForm, LetterForm, RequestForm
from accounts.models import PrivacyRequest, YoungPerson
from accounts.queries import find_people
from accounts.queries import requests as reads
from accounts.views.my_data import OwnPage
from foundation.privacy.enums import AccessReason
from foundation.privacy.queries import open_faults
from migwork.attempts import attempt
from migwork.errors import NotNow

# The kinds that are asked here, by the last part of the address. A copy is made by itself.
KINDS = {
    "correzione": RequestKind.CORRECTION,
    "limitazione": RequestKind.LIMITATION,
    "opposizione": RequestKind.OBJECTION,
    "cancellazione": RequestKind.ERASURE,
    "nomi": RequestKind.NAMES,
}


class RequestList(OwnPage, TemplateView):
    """What I asked about my data, and what I can ask."""

    template_name = "accounts/request_list.html"

    def get_context_data(self, **kwargs):
        rows = reads.requests_of(self.person)
        for row in rows:
            row.is_open = row.state == RequestState.OPEN
        return super().get_context_data(rows=rows, **kwargs)


class RequestCreate(OwnPage, FormView):
    """Ask one thing; what happens then is said before."""

    template_name = "accounts/request_create.html"
    form_class = RequestForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in KINDS:
            raise Http404
        self.kind = KINDS[kwargs["kind"]]

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "kind": self.kind}

    def get_context_data(self, **kwargs):
        due = timezone.localdate(self.now) + actions.TERM
        return super().get_context_data(kind=self.kind, due=due, **kwargs)

    def form_valid(self, form):
        try:
            asked = actions.ask(
                person=self.person, kind=self.kind, text=form.cleaned_data["text"], by=self.request.user, now=self.now
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(
            self.request,
            _("We have your request. We answer by %(day)s. You can take it back until then.")
            % {"day": f"{asked.due_on:%d/%m/%Y}"},
        )
        return redirect("accounts:request-list")


class RequestTakeBack(OwnPage, View):
    """Take a request back that is not answered yet."""

    http_method_names = ["post"]

    def post(self, request, pk):
        asked = get_object_or_404(PrivacyRequest, pk=pk, person=self.person)
        attempt(
            request,
            lambda: actions.take_back(request=asked, by=request.user, now=self.now),
            _("You have taken your request back."),
        )
        return redirect("accounts:request-list")


class LimitationLift(OwnPage, View):
    """Let the services use my data again."""

    http_method_names = ["post"]

    def post(self, request):
        actions.lift_limitation(person=self.person, by=request.user, now=self.now)
        messages.success(request, _("We use your data again, as before."))
        return redirect("accounts:request-list")


class PrivacyRequestList(OfficerRequired, TemplateView):
    """What is to be answered, the shortest term first; then what was answered last."""

    template_name = "accounts/privacy_request_list.html"

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        rows = reads.requests_to_answer()
        for row in rows:
            row.days = reads.days_left(row, today)
        faults, answered = open_faults(), reads.requests_answered()
        return super().get_context_data(rows=rows, answered=answered, faults=faults, **kwargs)


class FaultsSettle(OfficerRequired, View):
    """Put the notice of faults in the record away, having seen to them."""

    http_method_names = ["post"]

    def post(self, request):
        actions.settle_faults(by=request.user, now=timezone.now())
        messages.success(request, _("Noted that you have seen to it. A new fault is told anew."))
        return redirect("accounts:privacy-request-list")


class PrivacyRequestFind(OfficerRequired, View):
    """Who wrote the letter. Names are posted: they do not belong into addresses."""

    def get(self, request):
        return render(request, "accounts/privacy_request_find.html", {"q": "", "found": []})

    def post(self, request):
        q = request.POST.get("q", "").strip()
        return render(request, "accounts/privacy_request_find.html", {"q": q, "found": find_people(q, request.user)})


class PrivacyRequestEnter(OfficerRequired, FormView):
    """Enter what somebody asked by letter or at the desk; the term runs from the day it arrived."""

    template_name = "accounts/privacy_request_enter.html"
    form_class = LetterForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        people = YoungPerson.objects.filter(anonymised_at=None, merged_into=None)
        self.person = get_object_or_404(people, pk=kwargs["pk"])

    def get(self, request, *args, **kwargs):
        note_opening(request, self.person, why=AccessReason.REQUEST)
        return super().get(request, *args, **kwargs)

    def get_initial(self):
        return {"arrived_on": timezone.localdate()}

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)

    def form_valid(self, form):
        try:
            asked = actions.ask(person=self.person, **form.cleaned_data, by=self.request.user, now=timezone.now())
        except NotNow:
            form.add_error(None, _("This person has asked for it already: that request is still open."))
            return self.form_invalid(form)
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        due = {"day": f"{asked.due_on:%d/%m/%Y}"}
        messages.success(self.request, _("Entered. The answer is due by %(day)s.") % due)
        return redirect("accounts:privacy-request-detail", asked.pk)


class PrivacyRequestDetail(OfficerRequired, FormView):
    """One request: who asks what, by when, and the answer."""

    template_name = "accounts/privacy_request_detail.html"
    form_class = AnswerForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.asked = get_object_or_404(PrivacyRequest.objects.select_related("person"), pk=kwargs["pk"])

    def get(self, request, *args, **kwargs):
        note_opening(request, self.asked.person, why=AccessReason.REQUEST)
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("extend_form", ExtendForm())
        return super().get_context_data(
            asked=self.asked,
            person=self.asked.person,
            is_open=self.asked.state == RequestState.OPEN,
            days=reads.days_left(self.asked, timezone.localdate()),
            openings=reads.openings_with_names(self.asked),
            **kwargs,
        )

    def form_valid(self, form):
        verb = self.request.POST.get("verb", "")
        if verb not in actions.ANSWERS:
            raise Http404
        if self.asked.kind == RequestKind.ERASURE and verb != "refuse":
            # Nothing is erased from here: that page says first what goes and what stays.
            return redirect("accounts:privacy-request-erase", self.asked.pk)
        return self.answer(form, verb)

    def answer(self, form, verb):
        text, now = form.cleaned_data["answer"], timezone.now()
        try:
            actions.answer(request=self.asked, verb=verb, answer=text, by=self.request.user, now=now)
        except ValidationError as error:
            self.asked.refresh_from_db()
            if self.asked.state != RequestState.OPEN:
                # In another window, or by a colleague: there is nothing left to answer.
                messages.info(self.request, _("This request was answered already."))
                return redirect("accounts:privacy-request-detail", self.asked.pk)
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("Answered. The person gets a message."))
        return redirect("accounts:privacy-request-list")


class PrivacyRequestErase(PrivacyRequestDetail):
    """Asks once more before somebody is made anonymous: what goes, what stays, and what they will read."""

    template_name = "accounts/privacy_request_erase.html"
    form_class = EraseForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if self.asked.kind != RequestKind.ERASURE:
            raise Http404

    def get(self, request, *args, **kwargs):
        if self.asked.state != RequestState.OPEN:
            return redirect("accounts:privacy-request-detail", self.asked.pk)
        return super().get(request, *args, **kwargs)

    def form_valid(self, form):
        return self.answer(form, form.cleaned_data["verb"])


class PrivacyRequestExtend(PrivacyRequestDetail):
    """More time, once."""

    form_class = ExtendForm
    http_method_names = ["post"]

    def form_valid(self, form):
        data = form.cleaned_data
        try:
            actions.extend(request=self.asked, **data, by=self.request.user, now=timezone.now())
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("The term is longer now. The person gets a message."))
        return redirect("accounts:privacy-request-detail", self.asked.pk)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=AnswerForm(), extend_form=form))


class PrivacyLimitationLift(OfficerRequired, View):
    """Use the data of somebody again who agrees to it."""

    http_method_names = ["post"]

    def post(self, request, pk):
        asked = get_object_or_404(PrivacyRequest.objects.select_related("person"), pk=pk)
        actions.lift_limitation(person=asked.person, by=request.user, now=timezone.now())
        messages.success(request, _("The limitation is lifted."))
        return redirect("accounts:privacy-request-detail", pk)
