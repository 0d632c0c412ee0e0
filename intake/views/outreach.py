"""On the street: who was met by a nickname, and who of them takes part one day."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from intake import actions
from intake.forms import ContactForm, MeetingForm
from intake.models import StreetContact
from intake.queries import agenda, outreach
from intake.views.base import OperatorRequired, addresses, file_url
from intake.views.telling import TellingWho
from migwork.acting import ActingForm
from migwork.attempts import attempt


class OnTheStreet(OperatorRequired):
    """Of operators who work at a desk: administrators do not read what people confide."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.office = agenda.office_of(request.user)
        if self.office is None:
            raise PermissionDenied


class StreetList(OnTheStreet, ActingForm):
    """Who was met, and somebody new."""

    template_name = "intake/street_list.html"
    form_class = ContactForm
    success_url = reverse_lazy("intake:street-list")
    done = _("Noted.")
    beside = {"nickname": "nickname"}

    def get_context_data(self, **kwargs):
        rows, page = outreach.contacted(self.request.user), addresses("street-detail")
        for row in rows:
            row.url = page(row.pk)
        return super().get_context_data(rows=rows, **kwargs)

    def act(self, data):
        actions.note_contacted(organisation=self.office, **data, by=self.request.user, now=self.now)


class OfContact(OnTheStreet):
    """A page about somebody who was met, by their key."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = StreetContact.objects.visible_to(request.user).contacted()
        self.contact = get_object_or_404(rows.select_related("by"), pk=kwargs["pk"])


class StreetDetail(OfContact, ActingForm):
    """When they were met and what was said; once more; and what may come of it."""

    template_name = "intake/street_detail.html"
    form_class = MeetingForm
    done = _("Noted.")

    def get_context_data(self, **kwargs):
        meetings = self.contact.meetings.select_related("by")
        return super().get_context_data(contact=self.contact, meetings=meetings, **kwargs)

    def act(self, data):
        actions.meet_again(contact=self.contact, **data, by=self.request.user, now=self.now)

    def get_success_url(self):
        return self.request.path


class StreetWho(OfContact, TellingWho):
    """They take part already: which of the people we know is it?"""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.name = self.contact.nickname
        self.back_url, self.back_label = reverse("intake:street-detail", args=[self.contact.pk]), self.name

    def tie(self, participation):
        actions.contact_takes_part(
            contact=self.contact, participation=participation, by=self.request.user, now=self.now
        )
        return file_url(participation)


class StreetForget(OfContact, View):
    """Forget somebody."""

    http_method_names = ["post"]

    def post(self, request, **kwargs):
        attempt(
            request,
            lambda: actions.forget_contact(contact=self.contact, by=request.user, now=self.now),
            _("Forgotten: nickname and notes are deleted."),
        )
        return HttpResponseRedirect(reverse("intake:street-list"))
