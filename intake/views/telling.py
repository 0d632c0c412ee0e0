"""Which of the people whom the desk knows is it? A name is searched by POST: names do not belong into addresses."""

from uuid import UUID

from django.http import Http404, HttpResponseRedirect
from django.views.generic import TemplateView

from intake import queries
from intake.views.base import participation_or_404
from intake.views.desk import listed
from migwork.attempts import attempt


class TellingWho(TemplateView):
    """Somebody called `name`; `tie(participation)` says that it is that person, and where one goes on."""

    template_name = "intake/who_is_it.html"

    def get_context_data(self, text=None, **kwargs):
        text = self.name if text is None else text
        return super().get_context_data(
            q=text,
            found=listed(queries.search_people(text, self.request.user)) if text else [],
            name=self.name,
            back_url=self.back_url,
            back_label=self.back_label,
            **kwargs,
        )

    def post(self, request, *args, **kwargs):
        if "it" not in request.POST:
            return self.render_to_response(self.get_context_data(text=request.POST.get("q", "").strip()[:100]))
        try:
            key = UUID(request.POST["it"])
        except ValueError:
            raise Http404 from None
        participation = participation_or_404(request.user, key)
        gone_on = []
        if attempt(request, lambda: gone_on.append(self.tie(participation))):
            return HttpResponseRedirect(gone_on[0])
        return HttpResponseRedirect(request.path)
