"""Restricted records: opened by operators, found by nobody but their owner and whom the owner names."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from accounts.access import SignedInRequired
from intake import actions, queries
from intake.forms import AdditionToRecordForm, ClosingForm, DeadlineForm, ReaderForm, ReadingForm, SafeguardingForm
from intake.permissions import can_lead_safeguarding, can_open_safeguarding
from intake.views.base import about_person, participation_or_404
from migwork.acting import ActingForm


class Hidden(SignedInRequired):
    """No cache keeps these pages."""

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response


class SafeguardingList(Hidden, TemplateView):
    """The records in my care or that I may read; for whoever has none there is no such page."""

    template_name = "intake/safeguarding_list.html"

    def get_context_data(self, **kwargs):
        records = queries.safeguarding_of(self.request.user, timezone.now())
        if not records:
            raise Http404
        return super().get_context_data(records=records, **kwargs)


class SafeguardingOfPerson(Hidden, ActingForm):
    """Open a record; and those about this person that one may read, if there are any."""

    template_name = "intake/safeguarding_create.html"
    form_class = SafeguardingForm
    beside = {"owner": "owner", "deadline": "deadline", "year": "deadline", "text": "text"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.participation = participation_or_404(request.user, kwargs["pk"])
        self.records = queries.safeguarding_about(self.participation.person, request.user, self.now)
        self.may_open = can_open_safeguarding(request.user)
        if not (self.may_open or self.records):
            raise Http404

    def post(self, request, *args, **kwargs):
        if not self.may_open:
            raise Http404
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "colleagues": queries.who_may_see_to_it(self.request.user, self.now)}

    def get_initial(self):
        return {"owner": str(self.request.user.pk)}

    def get_context_data(self, **kwargs):
        about = about_person(self.participation)
        return super().get_context_data(records=self.records, may_open=self.may_open, **about, **kwargs)

    def act(self, data):
        self.record = actions.open_safeguarding(
            participation=self.participation, **data, by=self.request.user, now=self.now
        )
        messages.success(self.request, _("Written down, apart from the file. Nobody else finds it."))

    def get_success_url(self):
        mine = self.record.owner_id == self.request.user.pk
        name, key = ("safeguarding", self.record.pk) if mine else ("person-file", self.participation.pk)
        return reverse(f"intake:{name}", args=[key])


class OfRecord(Hidden):
    """A page of one record, for those who may read it."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.record = queries.safeguarding_for(request.user, kwargs["pk"], self.now)
        if self.record is None:
            raise Http404
        self.leads = can_lead_safeguarding(request.user, self.record)

    def forms(self):
        """What can be done besides reading, each in a form of its own."""
        colleagues = queries.who_may_see_to_it(self.request.user, self.now) if self.leads else []
        others = [row for row in colleagues if row.pk != self.record.owner_id]
        return {
            "entry_form": AdditionToRecordForm(),
            "reader_form": ReaderForm(colleagues=others, prefix="lettore"),
            "owner_form": ReaderForm(colleagues=others, prefix="affida"),
            "deadline_form": DeadlineForm(initial={"deadline": self.record.deadline}),
            "closing_form": ClosingForm(),
        }

    def page(self, *, form=None, opened=None, **forms):
        context = {
            "record": self.record,
            "leads": self.leads,
            "readers": self.record.readers.filter(removed_at=None).select_related("user"),
            "readings": self.record.readings.select_related("by")[:50] if self.leads else [],
            "form": form or ReadingForm(),
            "opened": opened,
            "entries": opened.entries.select_related("by") if opened else [],
            **self.forms(),
            **forms,
        }
        return render(self.request, "intake/safeguarding.html", context)


class Safeguarding(OfRecord, View):
    """First the reason; then, in the answer to it, what stands there. Opened again it asks again."""

    def get(self, request, pk):
        return self.page()

    def post(self, request, pk):
        form = ReadingForm(request.POST)
        if form.is_valid():
            try:
                reason = form.cleaned_data["reason"]
                opened = actions.read_safeguarding(record=self.record, reason=reason, by=request.user, now=self.now)
            except ValidationError as refusal:
                form.add_error("reason", refusal)
            else:
                return self.page(opened=opened)
        return self.page(form=form)


class SafeguardingStep(OfRecord, View):
    """Add what was done, name or remove a reader, move the deadline, give it to somebody, close it."""

    http_method_names = ["post"]

    def post(self, request, pk, step):
        make = getattr(self, f"form_of_{step}", None)
        if make is None:
            raise Http404
        name, form, act, done = make(request.POST)
        if form.is_valid():
            try:
                act(**form.cleaned_data)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, done)
                still = queries.safeguarding_for(request.user, pk, self.now)
                return redirect("intake:safeguarding", pk) if still else redirect("intake:reception-list")
        return self.page(**{name: form})

    def doing(self, action):
        return lambda **data: action(record=self.record, **data, by=self.request.user, now=self.now)

    def colleagues(self):
        return queries.who_may_see_to_it(self.request.user, self.now) if self.leads else []

    def form_of_aggiungi(self, data):
        return "entry_form", AdditionToRecordForm(data), self.doing(actions.add_to_safeguarding), _("Added.")

    def form_of_lettore(self, data):
        form = ReaderForm(data, colleagues=self.colleagues(), prefix="lettore")
        return "reader_form", form, self.doing(actions.name_reader), _("They may read it from now on.")

    def form_of_togli(self, data):
        form = ReaderForm(data, colleagues=[row.user for row in self.record.readers.select_related("user")])
        return "reader_form", form, self.doing(actions.remove_reader), _("They do not find it any more.")

    def form_of_scadenza(self, data):
        return "deadline_form", DeadlineForm(data), self.doing(actions.move_deadline), _("The deadline is moved.")

    def form_of_affida(self, data):
        form = ReaderForm(data, colleagues=self.colleagues(), prefix="affida")
        give = self.doing(actions.give_safeguarding)
        return "owner_form", form, lambda user: give(to=user), _("Somebody else sees to it now. They are told.")

    def form_of_chiudi(self, data):
        return "closing_form", ClosingForm(data), self.doing(actions.close_safeguarding), _("Closed.")
