"""Several internships at once: what to do, with whom, and what came of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views import View

from accounts.access import RolesRequired
from internships import actions, queries
from internships.actions import Together
from internships.forms.board import FORMS, filters_of, key_in, pairs_of
from internships.permissions import can_work_on
from internships.views.roles import PARTNER

# So many at once: a page that can still be read through.
MOST = 100
RESULT = "internships.together"


class TogetherDo(RolesRequired, View):
    """The chosen ones with one form; each is done by itself, and the next page says what came of it."""

    roles = PARTNER

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.today, self.filters = timezone.localdate(), filters_of(request.GET)
        asked = request.POST.get("che") or request.GET.get("che", "")
        self.what = Together(asked) if asked in Together.values else None

    def chosen(self, data) -> list:
        """Those that were ticked, or with "tutti" the first of the list, as far as one works on them."""
        if data.get("tutti") == "1":
            found = queries.listed(self.request.user, self.filters, self.today)
        else:
            keys = [key for text in data.getlist("riga")[:MOST] if (key := key_in(text))]
            found = queries.among(self.request.user, keys)
        found = found.select_related("participation__person", "promoter").order_by("starts_on", "pk")[:MOST]
        return [row for row in found if can_work_on(self.request.user, row)]

    def get(self, request):
        rows = self.chosen(request.GET)
        if not rows or self.what is None:
            messages.error(request, _("Choose what to do, and at least one internship."))
            return redirect(self.back())
        return self.page(rows, self.form(rows))

    def post(self, request):
        rows = self.chosen(request.POST)
        if not rows or self.what is None:
            messages.error(request, _("Choose what to do, and at least one internship."))
            return redirect(self.back())
        form = self.form(rows, request.POST)
        if not form.is_valid():
            return self.page(rows, form)
        outcomes = actions.do_together(
            internships=rows, what=self.what, by=request.user, now=timezone.now(), **form.cleaned_data
        )
        # Keys and reasons alone: names are read anew by whoever may read them.
        kept = [[str(one.internship.pk), one.done, one.sentence] for one in outcomes]
        request.session[RESULT] = {"what": self.what.value, "rows": kept, "back": self.back()}
        return redirect("internships:together-done")

    def form(self, rows, data=None):
        if self.what == Together.TUTOR:
            return FORMS[self.what](data, promoters={row.promoter_id for row in rows})
        return FORMS[self.what](data, initial={"done_on": self.today})

    def page(self, rows, form):
        facts = queries.rows_of(queries.among(self.request.user, rows), self.today)
        context = {"rows": facts, "form": form, "what": self.what, "back": self.back(), "most": MOST}
        return render(self.request, "internships/together.html", {**context, "is_most": len(rows) == MOST})

    def back(self) -> str:
        return f"{reverse('internships:board')}?{urlencode(pairs_of(self.filters))}"


class TogetherDone(RolesRequired, View):
    """What was done, for whom not, and why. Loaded again it does nothing."""

    roles = PARTNER
    http_method_names = ["get", "head"]

    def get(self, request):
        result = request.session.get(RESULT)
        if result is None:
            return redirect("internships:board")
        said = {key: (done, sentence) for key, done, sentence in result["rows"]}
        found = queries.among(request.user, [key_in(key) for key in said])
        rows = [(row, *said[str(row.pk)]) for row in queries.rows_of(found, timezone.localdate())]
        context = {
            "done": [row for row, done, _sentence in rows if done],
            "not_done": [(row, sentence) for row, done, sentence in rows if not done],
            "what": Together(result["what"]),
            "back": result["back"],
        }
        return render(request, "internships/together_done.html", context)
