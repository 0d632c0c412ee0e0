"""How an operator is shown to the people they meet."""

from django.shortcuts import get_object_or_404
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from accounts.access import SignedInRequired
from foundation.files import serving
from intake import actions
from intake.forms import CardForm
from intake.models import HOUSE, DeskCard
from intake.permissions import check_can_show_oneself
from intake.queries import people
from intake.views.base import OperatorRequired
from migwork.acting import ActingForm


class MyCard(OperatorRequired, ActingForm):
    """What young people see of me, and how I change it."""

    template_name = "intake/my_card.html"
    form_class = CardForm
    success_url = reverse_lazy("intake:my-card")
    done = _("Saved. This is how people see you from now on.")
    beside = {"size": "photo", "broken": "photo"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_show_oneself(request.user, request.user)
        self.card = people.card_of(request.user)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "languages": people.languages_of_talks(house=True)}

    def get_initial(self):
        shown = people.Met(self.request.user, self.card)
        spoken = [language.code for language in self.card.languages.all()] if self.card else [HOUSE]
        answers = self.card.answers_within if self.card else ""
        return {"called": shown.name, "answers_within": answers, "languages": spoken}

    def get_form(self, form_class=None):
        form = super().get_form(form_class)
        if self.card is None or self.card.photo_id is None:
            del form.fields["without_photo"]
        return form

    def act(self, data):
        user = self.request.user
        actions.save_card(user=user, **data, by=user, now=timezone.now())

    def get_context_data(self, **kwargs):
        return super().get_context_data(whom=people.met(self.request.user.pk), **kwargs)


class Portrait(SignedInRequired, View):
    """The face of an operator, for everybody who signs in: whoever may book a talk sees with whom."""

    def get(self, request, pk):
        card = get_object_or_404(DeskCard.objects.select_related("photo"), photo=pk)
        return serving.picture(card.photo)
