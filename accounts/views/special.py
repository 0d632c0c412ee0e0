"""Protected notes: read for a typed reason, written, taken out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import View

from accounts import actions
from accounts.access import SignedInRequired
from accounts.forms.special import ReasonForm, SpecialForm
from accounts.models import SpecialCategory, YoungPerson
from accounts.permissions import can_see_special
from accounts.queries.special import special_rules_for
from foundation.questionnaires.queries import words


class CaseTeamRequired(SignedInRequired):
    """Operators; not even administrators."""

    @classmethod
    def may_enter(cls, user) -> bool:
        return can_see_special(user)


class SpecialNotes(CaseTeamRequired, View):
    """First the reason; then, in the answer to it, the notes. Opened again it asks again."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(YoungPerson, pk=kwargs["pk"])

    def get(self, request, pk):
        return self.page(ReasonForm())

    def post(self, request, pk):
        form = ReasonForm(request.POST)
        if form.is_valid():
            try:
                notes = actions.read_special(
                    person=self.person,
                    reason=form.cleaned_data["reason"],
                    what=request.resolver_match.view_name,
                    by=request.user,
                    now=timezone.now(),
                )
            except ValidationError as refusal:
                form.add_error("reason", refusal)
            else:
                return self.page(None, notes)
        return self.page(form)

    def page(self, form, notes=()):
        context = {"person": self.person, "form": form, "notes": notes}
        return render(self.request, "accounts/special_notes.html", context)


class SpecialAdd(CaseTeamRequired, View):
    """Write what a rule asks for; what is there already is not shown for it. Where no rule asks, there is no form."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person = get_object_or_404(YoungPerson, pk=kwargs["pk"])
        self.rules = special_rules_for(self.person)

    def form(self, data=None):
        return SpecialForm(data, rules=self.rules, language=get_language())

    def get(self, request, pk):
        return self.page(self.form())

    def post(self, request, pk):
        form = self.form(request.POST)
        if form.is_valid():
            try:
                actions.record_special(person=self.person, **form.cleaned_data, by=request.user, now=timezone.now())
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Written down, for the case team alone."))
                return redirect("accounts:special-notes", pk=self.person.pk)
        return self.page(form)

    def page(self, form):
        language = get_language()
        rules = [(words(rule.name, language), words(rule.question, language)) for rule in self.rules]
        context = {"person": self.person, "form": form, "rules": rules}
        return render(self.request, "accounts/special_add.html", context)


class SpecialRemove(CaseTeamRequired, View):
    """Take a note out."""

    def post(self, request, pk):
        note = get_object_or_404(SpecialCategory, pk=pk)
        actions.remove_special(note=note, by=request.user, now=timezone.now())
        messages.success(request, _("Taken out: its text is gone."))
        return redirect("accounts:special-notes", pk=note.person_id)
