"""The list of a session: on a phone, on paper, and corrected."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import note_opening
from foundation.documents import pdf
from foundation.privacy.enums import AccessReason
from migwork.errors import NotNow
from pathways import actions, forms
from pathways.enums import AttendanceState
from pathways.queries import attendance as queries
from pathways.views.runs import SessionPage


class SessionAttendance(SessionPage, View):
    """Each person, four radios, one button; where there is JavaScript each tap is sent by itself.

    `?tutti=present` marks all who are not marked yet, unsaved.
    """

    def get(self, request, *args, **kwargs):
        listed = self.listed()
        all_present = request.GET.get("tutti") == AttendanceState.PRESENT
        unmarked = [str(row.pk) for row in listed.open_rows if row.standing is None]
        return self.page(listed, self.form(listed, initial=dict.fromkeys(unmarked, "present") if all_present else {}))

    def post(self, request, *args, **kwargs):
        if "key" in request.POST:
            return self.tap()
        listed = self.listed()
        form = self.form(listed, request.POST)
        if not form.is_valid():
            return self.page(listed, form)
        seen, close = form.cleaned_data["seen"], "close" in request.POST
        try:
            actions.record_attendance(
                session=self.session, marks=form.marks, by=request.user, now=timezone.now(), seen=seen, close=close
            )
        except NotNow as reason:
            return self.refuse(form, reason)
        messages.success(request, _("The list is closed.") if close else _("Attendance saved."))
        return redirect("pathways:run-detail", pk=self.session.run_id)

    def tap(self):
        """One person's mark, by the phone: whether it arrived is in the header `X-Saved`."""
        form = forms.TapForm(self.request.POST, session=self.session)
        if not form.is_valid():
            return self.answer(None, next(iter(form.errors.values()))[0])
        pk, now = form.cleaned_data["enrolment"], timezone.now()
        known = {"session": self.session, "enrolment": pk, "mark": form.mark("state"), "tap": form.tap}
        try:
            actions.mark_by_phone(**known, by=self.request.user, now=now)
        except NotNow as reason:
            return self.answer(pk, reason.message)
        return self.answer(pk)

    def answer(self, pk, refused=""):
        listed = self.listed()
        row = listed.row_of(pk)
        standing = row and row.standing
        if not refused and standing is None:
            refused = _("This person is not on the list any more.")
        if refused and standing:
            refused = f"{refused} " + queries.what_stands(standing)
        said = {
            "state": standing.state if standing else "",
            "hours": str(standing.hours) if standing else "",
            "said": refused,
            "seen": listed.seen,
        }
        return JsonResponse(said, headers={"X-Saved": "no" if refused else "yes"})

    def refuse(self, form, reason):
        """The form again, with what others have marked meanwhile in the place of what was typed."""
        listed, data = self.listed(), self.request.POST.copy()
        for row in (listed.row_of(pk) for pk in getattr(reason, "enrolments", ())):
            if row and row.standing:
                data[str(row.pk)], data["seen"] = row.standing.state, listed.seen
        form = self.form(listed, data)
        form.add_error(None, reason)
        return self.page(listed, form)

    def listed(self):
        return queries.list_of(self.session, timezone.now())

    def form(self, listed, data=None, **kwargs):
        return forms.AttendanceForm(data, session=self.session, rows=listed.open_rows, seen=listed.seen, **kwargs)

    def page(self, listed, form):
        today, session = timezone.localdate(), self.session
        rows = [
            (row, form[str(row.pk)], form[f"{row.pk}-hours"]) if str(row.pk) in form.fields else (row, None, None)
            for row in listed.rows
        ]
        context = {
            "session": session,
            "run": session.run,
            "list": listed,
            "form": form,
            "rows": rows,
            "is_coming": timezone.localdate(session.starts_at) > today,
            "is_today": timezone.localdate(session.starts_at) == today,
        }
        return render(self.request, "pathways/session_attendance.html", context)


class AttendanceCorrect(SessionPage, View):
    """One person's mark that stands fast: what is right, and why."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.load()
        if self.row is None:
            raise Http404

    def load(self):
        self.listed = queries.list_of(self.session, timezone.now())
        self.row = self.listed.row_of(self.kwargs["enrolment"])

    def form(self, data=None):
        standing, seen = self.row.standing, self.listed.seen
        return forms.CorrectionForm(data, session=self.session, standing=standing, seen=seen)

    def get(self, request, *args, **kwargs):
        return self.page(self.form())

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST.copy())
        if not form.is_valid():
            return self.page(form)
        marks, known = {self.row.pk: form.mark("state")}, {name: form.cleaned_data[name] for name in ("reason", "seen")}
        try:
            actions.record_attendance(session=self.session, marks=marks, by=request.user, now=timezone.now(), **known)
        except NotNow as refusal:
            # What others wrote meanwhile stands above one's own: the next time it is meant.
            self.load()
            form.data["seen"] = self.listed.seen
            form.add_error(None, refusal)
            return self.page(form)
        messages.success(request, _("Corrected. What stood there before can still be read."))
        return redirect("pathways:session-attendance", pk=self.session.pk)

    def page(self, form):
        context = {"session": self.session, "run": self.session.run, "row": self.row, "form": form}
        return render(self.request, "pathways/attendance_correct.html", context)


class SessionSheet(SessionPage, View):
    """On paper, to be signed: the names, in and out, and lines for whoever comes besides."""

    http_method_names = ["get", "head"]

    def get(self, request, *args, **kwargs):
        people, session = queries.people_on_paper(self.session), self.session
        note_opening(request, *(person.pk for person in people), why=AccessReason.ENROLMENT)
        title = _("Attendance sheet: %(activity)s") % {"activity": session.run.opportunity.title}
        context = {
            "session": session,
            "run": session.run,
            "people": people,
            "trainers": list(session.trainers.all()),
            "blank": range(len(people) + 1, len(people) + 4),
            "document": {"title": title},
            "language": get_language(),
        }
        try:
            made = pdf.render(render_to_string("pathways/documents/sheet.html", context), language=get_language())
        except pdf.Unavailable as reason:
            messages.error(request, str(reason))
            return redirect("pathways:session-attendance", pk=session.pk)
        headers = {
            "Content-Disposition": f'inline; filename="foglio-{timezone.localdate(session.starts_at)}.pdf"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(made, content_type="application/pdf", headers=headers)
