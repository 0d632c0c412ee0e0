"""Searches of which one wants to hear: kept, listed, stopped; also by the link of a message."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from accounts.access import YoungPersonRequired
from migwork.attempts import attempt
from migwork.by_link import ByLink
from pathways import actions
from pathways.models import KeptSearch
from pathways.queries import catalogue, kept


class KeptSearches(YoungPersonRequired, TemplateView):
    """All that one keeps."""

    template_name = "pathways/kept_searches.html"

    def get_context_data(self, **kwargs):
        return {"searches": kept.searches_of(self.request.user.person, timezone.localdate()), "most": kept.MOST}


class KeepSearch(YoungPersonRequired, View):
    """Look at it once more, then keep it. The search stands in the address, as in the catalogue."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.wanted = catalogue.Wanted.read(request.GET)

    def get(self, request, *args, **kwargs):
        context = {
            "what": kept.in_words(kept.lasting(self.wanted), timezone.localdate()),
            "back": self.wanted.address(),
            "months": actions.KEPT_MONTHS,
        }
        return render(request, "pathways/kept_search_new.html", context)

    def post(self, request, *args, **kwargs):
        done = attempt(
            request,
            lambda: actions.keep_search(
                person=request.user.person, wanted=self.wanted, by=request.user, now=timezone.now()
            ),
            _("Done: when something new comes, we write to you."),
        )
        return redirect("pathways:kept-searches") if done else HttpResponseRedirect(request.get_full_path())


class StopSearch(YoungPersonRequired, View):
    """With one tap; the message says how to take it up again."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.search = None
        if request.user.is_authenticated and request.user.person:
            self.search = get_object_or_404(KeptSearch, person=request.user.person, pk=kwargs["pk"])

    def post(self, request, *args, **kwargs):
        attempt(
            request,
            lambda: actions.stop_search(key=self.search.pk, by=request.user, now=timezone.now()),
            _("Stopped: we write no more about this search."),
        )
        return redirect("pathways:kept-searches")


class RenewSearch(StopSearch):
    """Six months more."""

    def post(self, request, *args, **kwargs):
        attempt(
            request,
            lambda: actions.keep_search(
                person=request.user.person, wanted=kept.wanted_of(self.search), by=request.user, now=timezone.now()
            ),
            _("Kept for six months more."),
        )
        return redirect("pathways:kept-searches")


class StopByLink(ByLink, View):
    """Without signing in. Opening it stops nothing, and it does not say what was looked for, nor by whom."""

    limited_as = "search_link"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.key = kept.key_in(kwargs["token"])
        if self.key is None:
            raise Http404

    def limit_key(self):
        return str(self.key)

    def get(self, request, *args, **kwargs):
        is_kept = KeptSearch.objects.filter(pk=self.key).exists()
        return render(request, "pathways/kept_search_stop.html", {"is_kept": is_kept})

    def post(self, request, *args, **kwargs):
        actions.stop_search(key=self.key, by=None, now=timezone.now())
        return HttpResponseRedirect(request.path)
