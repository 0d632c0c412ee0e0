"""The people an operator follows: the list with its signals, handing over, standing in."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from intake import actions, queries
from intake.enums import Signal
from intake.forms import CoverForm, FiltersForm, HandoverForm, ViewForm, query_of
from intake.models import CaseloadView, Cover, Participation
from intake.permissions import check_can_hand_over
from intake.views.base import OperatorRequired
from migwork.acting import ActingForm
from migwork.attempts import attempt

MOST_AT_ONCE = 100


def caseload_url(query=""):
    url = reverse("intake:caseload")
    return f"{url}?{query}" if query else url


def place_in(text) -> queries.Place | None:
    """Where the list goes on, "moment~key"; None for what is none."""
    at, _between, key = text.partition("~")
    try:
        moment = parse_datetime(at) if at else None
        place = queries.Place(moment, UUID(key))
    except ValueError:
        return None
    return place if (moment is None) == (not at) and (moment is None or timezone.is_aware(moment)) else None


def _next_page(rows, query):
    if len(rows) <= queries.PAGE:
        return ""
    last = rows[queries.PAGE - 1]
    more = QueryDict(query, mutable=True)
    more["dopo"] = f"{last.last_contact_at.isoformat() if last.last_contact_at else ''}~{last.pk}"
    return f"?{more.urlencode()}"


def chips(filters, counted) -> list[dict]:
    """A chip for each signal that shines for somebody, or by which the list is filtered: it switches it on or off."""
    found, page = [], caseload_url()
    for signal in Signal:
        number, on = counted[signal], signal.value in filters.signals
        if number or on:
            others = {*filters.signals} ^ {signal.value}
            signals = tuple(code for code in Signal.values if code in others)
            query = query_of(filters._replace(signals=signals))
            url = f"{page}?{query}" if query else page
            found.append({"label": f"{signal.label} ({number})", "url": url, "on": on})
    return found


class Caseload(OperatorRequired, TemplateView):
    """All the people I follow, longest without contact first, each with why they need a look."""

    template_name = "intake/caseload.html"

    def get_context_data(self, **kwargs):
        user, now, asked = self.request.user, timezone.now(), self.request.GET
        form = FiltersForm(asked)
        filters, after = form.filters(), place_in(asked.get("dopo", ""))
        covers = queries.covered_now(user, now)
        everybody = queries.caseload(user, now, covers=covers)
        rows = queries.narrowed(everybody, now, filters=filters, after=after)
        query = query_of(filters)
        views, has_restricted = queries.beside_caseload(user)
        return super().get_context_data(
            caseload=rows[: queries.PAGE],
            form=form,
            filters=filters,
            query=query,
            chips=chips(filters, queries.signals_of(everybody)),
            views=views,
            view_form=ViewForm() if query else None,
            covers=covers.values(),
            has_restricted=has_restricted,
            before=caseload_url(query) if after else "",
            after=_next_page(rows, query),
            **kwargs,
        )


class ViewCreate(OperatorRequired, View):
    """Keep the filters that are on, under a name."""

    http_method_names = ["post"]

    def post(self, request):
        query = query_of(FiltersForm(QueryDict(request.POST.get("query", ""))).filters())
        form = ViewForm(request.POST)
        if form.is_valid():
            save = {"name": form.cleaned_data["name"], "query": query, "by": request.user, "now": timezone.now()}
            attempt(request, lambda: actions.save_view(**save), _("Kept. You find it above the list."))
        else:
            messages.error(request, _("Give the view a name, of 60 letters at most."))
        return redirect(caseload_url(query))


class ViewRemove(OperatorRequired, View):
    """Remove a view of one's own; anybody else's is not found."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.view = get_object_or_404(CaseloadView, user=request.user, pk=kwargs["pk"])

    def post(self, request, pk):
        done = _("The view “%(name)s” is removed.") % {"name": self.view.name}
        attempt(request, lambda: actions.remove_view(view=self.view, by=request.user, now=timezone.now()), done)
        return redirect(caseload_url())


class HandOver(OperatorRequired, ActingForm):
    """Pass the chosen people to a colleague."""

    template_name = "intake/handover.html"
    form_class = HandoverForm
    beside = {"to": "to"}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        chosen = (request.POST if request.method == "POST" else request.GET).getlist("chi")
        self.people = self._people(chosen[:MOST_AT_ONCE])
        for participation in self.people:
            check_can_hand_over(request.user, participation, self.now)

    def _people(self, chosen):
        try:
            keys = [UUID(key) for key in chosen]
        except ValueError as error:
            raise Http404 from error
        rows = Participation.objects.visible_to(self.request.user).open().filter(pk__in=keys)
        return list(rows.select_related("person", "edition", "operator").order_by("person__sort_key", "pk"))

    def get(self, request, *args, **kwargs):
        if not self.people:
            messages.info(request, _("First choose in the list whom you hand over."))
            return redirect(caseload_url())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "colleagues": queries.colleagues_at_the_desk(self.request.user, self.now)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(people=self.people, **kwargs)

    def act(self, data):
        actions.hand_over(participations=self.people, **data, by=self.request.user, now=self.now)
        number = len(self.people)
        done = ngettext(
            "%(n)s person handed over to %(to)s. They are told.",
            "%(n)s people handed over to %(to)s. They are told.",
            number,
        )
        messages.success(self.request, done % {"n": number, "to": data["to"]})

    def get_success_url(self):
        return caseload_url()


class Covers(OperatorRequired, ActingForm):
    """Who stands in for whom at my desk, and the form to arrange it."""

    template_name = "intake/covers.html"
    form_class = CoverForm
    beside = {"last_day": "last_day", "year": "first_day"}
    done = gettext_lazy("Arranged. It ends by itself after the last day.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "colleagues": queries.colleagues_at_the_desk(self.request.user, self.now)}

    def get_context_data(self, **kwargs):
        rows = queries.covers_of_desk(self.request.user, self.now)
        return super().get_context_data(covers=rows, today=timezone.localdate(self.now), **kwargs)

    def act(self, data):
        me, colleague = self.request.user, data["colleague"]
        away, stands_in = (me, colleague) if data["who"] == "away" else (colleague, me)
        actions.arrange_cover(
            away=away,
            stands_in=stands_in,
            first_day=data["first_day"],
            last_day=data["last_day"],
            by=me,
            now=self.now,
        )

    def get_success_url(self):
        return reverse("intake:covers")


class CoverEnd(OperatorRequired, View):
    """End it before its last day."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.cover = get_object_or_404(Cover.objects.visible_to(request.user), pk=kwargs["pk"])

    def post(self, request, pk):
        attempt(
            request,
            lambda: actions.end_cover(cover=self.cover, by=request.user, now=timezone.now()),
            _("Ended."),
        )
        return HttpResponseRedirect(reverse("intake:covers"))
