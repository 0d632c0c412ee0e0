"""The register on the intern's phone."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import note_opening
from foundation.files.serving import response
from foundation.privacy.enums import AccessReason
from internships import actions
from internships.forms.days import MyDaysForm, NoteForm, ProofForm, TapForm
from internships.permissions import can_say_days, can_work_on, check_can_say_days
from internships.queries import days as queries
from internships.queries.timetable import plan_of
from internships.views.internships import InternshipPage
from migwork.attempts import attempt


class MyDays(InternshipPage):
    """One's own days: one tap says the hours that were planned. Each tap is sent by itself, where there is a script."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_say_days(request.user, self.internship)
        self.mine = queries.my_days(self.internship, timezone.localdate())

    def get(self, request, **kwargs):
        return self.page(MyDaysForm(rows=self.mine.asked, seen=self.mine.seen))

    def post(self, request, **kwargs):
        if "key" in request.POST:
            return self.tap()
        form = MyDaysForm(request.POST, rows=self.mine.asked, seen=self.mine.seen)
        if not form.is_valid():
            return self.page(form)
        now = timezone.now()
        for on, said in form.changed_days.items():
            try:
                actions.say_day(internship=self.internship, on=on, **said, by=request.user, now=now)
            except ValidationError as refusal:
                form.add_error(on.isoformat(), refusal)
        if form.errors:
            return self.page(form)
        messages.success(
            request, _("Saved: your company confirms it.") if form.changed_days else _("Nothing has changed.")
        )
        return redirect("internships:my-days", self.internship.pk)

    def tap(self):
        """One day, by the phone: whether it arrived is in the header `X-Saved`."""
        form = TapForm(self.request.POST, plan=plan_of(self.internship))
        if not form.is_valid():
            return self.answer(form.cleaned_data.get("day"), next(iter(form.errors.values()))[0])
        on, known = form.cleaned_data["day"], {"by": self.request.user, "now": timezone.now(), "tap": form.tap}
        try:
            actions.say_day(internship=self.internship, on=on, **form.said_of_day, **known)
        except ValidationError as refusal:
            return self.answer(on, " ".join(refusal.messages))
        return self.answer(on)

    def answer(self, on, refused=""):
        row = next(iter(queries.day_rows(self.internship, on, on)), None) if on else None
        said = {
            "state": row.choice if row else "",
            "hours": str(row.hours) if row else "",
            "reason": row.day.absence if row and row.day else "",
            "said": refused,
            "seen": queries.last_change(self.internship),
        }
        return JsonResponse(said, headers={"X-Saved": "no" if refused else "yes"})

    def page(self, form):
        context = {
            "internship": self.internship,
            "mine": self.mine,
            "form": form,
            "running": self.internship.state == "running",
        }
        return render(self.request, "internships/my_days.html", context)


class OfDay(InternshipPage):
    """A page about one day of a register."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        try:
            self.on = date.fromisoformat(kwargs["day"])
        except ValueError:
            raise Http404 from None
        if not self.internship.starts_on <= self.on <= self.internship.ends_on:
            raise Http404
        self.is_own = can_say_days(request.user, self.internship)


class MyDay(OfDay):
    """One's own day: a note for the dossier, and beside an absence a file."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check_can_say_days(request.user, self.internship)

    def get(self, request, **kwargs):
        return self.page()

    def post(self, request, **kwargs):
        if "remove" in request.POST:
            attempt(request, lambda: self.act(actions.remove_proof), _("Taken away."))
            return self.here()
        form = ProofForm(request.POST, request.FILES) if "proof" in request.POST else NoteForm(request.POST)
        if form.is_valid():
            try:
                if isinstance(form, ProofForm):
                    self.act(actions.add_proof, upload=form.cleaned_data["file"])
                else:
                    self.act(actions.write_note, text=form.cleaned_data["note"])
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                messages.success(request, _("Saved."))
                return self.here()
        return self.page(form)

    def act(self, action, **what):
        return action(internship=self.internship, on=self.on, by=self.request.user, now=timezone.now(), **what)

    def here(self):
        return redirect("internships:my-day", self.internship.pk, self.on.isoformat())

    def page(self, refused=None):
        row = next(iter(queries.day_rows(self.internship, self.on, self.on)), None)
        day = row and row.day
        note = refused if isinstance(refused, NoteForm) else NoteForm(initial={"note": day.note if day else ""})
        proof = refused if isinstance(refused, ProofForm) else ProofForm()
        context = {"internship": self.internship, "on": self.on, "row": row, "day": day, "refused": refused}
        return render(self.request, "internships/my_day.html", {**context, "note_form": note, "proof_form": proof})


class AbsenceProof(OfDay):
    """The file beside an absence, to be saved: the intern's own, and the promoter's staff. Nobody else."""

    http_method_names = ["get", "head"]

    def get(self, request, **kwargs):
        if not self.is_own and not can_work_on(request.user, self.internship):
            raise PermissionDenied
        day = self.internship.days.select_related("proof").filter(on=self.on).first()
        if day is None or day.proof is None:
            raise Http404
        note_opening(request, self.internship.participation.person, why=AccessReason.INTERNSHIP)
        return response(day.proof)
