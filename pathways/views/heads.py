"""Heads at a session, beside those who are registered."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from migwork.errors import NotNow
from pathways import actions, forms
from pathways.enums import THERE
from pathways.views.runs import SessionPage


class SessionHeads(SessionPage, View):
    """Who came without a name: how many, of which class; one line after the other."""

    def get(self, request, *args, **kwargs):
        return self.page(forms.HeadsForm())

    def post(self, request, *args, **kwargs):
        form = forms.HeadsForm(request.POST)
        if not form.is_valid():
            return self.page(form)
        try:
            actions.count_heads(session=self.session, by=request.user, now=timezone.now(), **form.cleaned_data)
        except NotNow as reason:
            form.add_error(None, reason)
            return self.page(form)
        messages.success(request, _("Counted."))
        return redirect("pathways:session-heads", pk=self.session.pk)

    def page(self, form):
        rows = list(self.session.headcounts.all())
        context = {
            "session": self.session,
            "run": self.session.run,
            "form": form,
            "rows": rows,
            "heads": sum(row.heads for row in rows),
            "persons": self.session.attendances.filter(state__in=THERE).count(),
            "is_coming": timezone.localdate(self.session.starts_at) > timezone.localdate(),
        }
        return render(self.request, "pathways/session_heads.html", context)


class SessionHeadsDrop(SessionPage, View):
    """Take one line of the count away."""

    def post(self, request, *args, **kwargs):
        row = self.session.headcounts.filter(pk=kwargs["row"]).first()
        if row is None:
            raise Http404
        try:
            actions.count_heads(
                session=self.session,
                heads=0,
                group=row.group,
                age=row.age,
                gender=row.gender,
                by=request.user,
                now=timezone.now(),
            )
        except NotNow as reason:
            messages.warning(request, reason.message)
        return redirect("pathways:session-heads", pk=self.session.pk)
