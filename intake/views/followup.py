"""How it goes with those who left: the questions by link, and at the desk for who answers by telephone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from foundation.questionnaires import queries as questionnaires
from foundation.questionnaires.forms import section_form
from intake import actions, queries
from intake.queries.followup import FORM, follow_up_of, section_asked
from intake.views.base import OfPerson, about_person, file_url
from migwork.by_link import ByLink


class Asking(View):
    """The questions as a form; a good answer goes to one action."""

    by = None

    def get(self, request, **kwargs):
        return self.page(self.form_class()())

    def post(self, request, **kwargs):
        form = self.form_class()(request.POST)
        if not form.is_valid():
            return self.page(form)
        try:
            actions.answer_follow_up(follow_up=self.follow_up, answers=form.answers, by=self.by, now=self.now)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.page(form)
        return self.answered()

    def form_class(self):
        form = questionnaires.current(FORM)
        return section_form(form, section_asked(form), get_language(), at_once=True)


class FollowUpByLink(ByLink, Asking):
    """For who holds the link of the message: nothing here says whose questions they are. Opening it changes nothing."""

    limited_as = "follow_up_link"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.follow_up = follow_up_of(kwargs["token"])
        if self.follow_up is None:
            raise Http404

    def limit_key(self):
        return str(self.follow_up.pk)

    def page(self, form):
        closed = bool(self.follow_up.answered_at) or queries.follow_up_is_past(self.follow_up, self.now)
        context = {"form": None if closed else form, "answered": bool(self.follow_up.answered_at)}
        return render(self.request, "intake/follow_up.html", context)

    def answered(self):
        return HttpResponseRedirect(self.request.path)


class FollowUpAtDesk(OfPerson, Asking):
    """An operator types what somebody tells."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.by = request.user
        self.follow_up = get_object_or_404(
            self.participation.follow_ups.unanswered(), pk=kwargs["follow_up"], due_on__lte=timezone.localdate(self.now)
        )

    def page(self, form):
        context = {**about_person(self.participation), "form": form, "follow_up": self.follow_up}
        return render(self.request, "intake/follow_up_told.html", context)

    def answered(self):
        messages.success(self.request, _("Noted. Thank them for us."))
        return HttpResponseRedirect(file_url(self.participation))
