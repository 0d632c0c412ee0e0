"""How was it? Three faces after a talk: on the home page, or by the link of a message. And what all said together."""

from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from accounts.access import RolesRequired, YoungPersonRequired
from accounts.enums import Role
from intake import actions
from intake.enums import Face
from intake.forms import SentenceForm
from intake.queries import feedback
from migwork.attempts import attempt
from migwork.by_link import ByLink
from migwork.small_numbers import LEAST


class HowWasIt(TemplateView):
    """Three faces, then perhaps a sentence. To open the page does nothing; to tap again is to think again."""

    template_name = "intake/feedback.html"
    by = None

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.talk = self.find()
        if self.talk is None:
            raise Http404

    @property
    def said(self):
        return getattr(self.talk, "feedback", None)

    @property
    def may_add(self):
        """Whoever holds the link writes once: what stands there already is shown to its writer, signed in."""
        return self.by is not None or not (self.said and self.said.sentence)

    def post(self, request, *args, **kwargs):
        if "face" in request.POST:
            return self.tapped(request.POST["face"])
        if not self.may_add:
            return HttpResponseRedirect(request.path)
        form = SentenceForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        attempt(
            request,
            lambda: actions.add_sentence(appointment=self.talk, **form.cleaned_data, by=self.by, now=self.now),
        )
        return HttpResponseRedirect(f"{request.path}?grazie=1")

    def tapped(self, face):
        if face not in Face:
            raise Http404
        attempt(
            self.request,
            lambda: actions.say_how_it_was(appointment=self.talk, face=face, by=self.by, now=self.now),
        )
        return HttpResponseRedirect(self.request.path)

    def get_context_data(self, **kwargs):
        said = self.said
        form = kwargs.pop("form", None) or SentenceForm(initial={"sentence": said.sentence if said else ""})
        return super().get_context_data(
            talk=self.talk,
            said=said,
            may_add=self.may_add,
            faces=Face,
            form=form,
            done=said is not None and "grazie" in self.request.GET,
            is_late=self.now - self.talk.ends_at > actions.ANSWERED_WITHIN,
            **kwargs,
        )


class FeedbackMine(YoungPersonRequired, HowWasIt):
    """Of a talk of one's own, signed in."""

    def find(self):
        self.by = self.request.user
        return feedback.talk_of(self.request.user.person, self.kwargs["pk"])


class FeedbackByLink(ByLink, HowWasIt):
    """By the link of a message, without signing in: it says no more than that there was a talk, and with whom."""

    limited_as = "feedback_link"

    def find(self):
        return feedback.talk_of_token(self.kwargs["token"])

    def limit_key(self):
        return str(self.talk.pk)


class FeedbackSummary(RolesRequired, TemplateView):
    """What all said together, month by month; small numbers are hidden."""

    template_name = "intake/feedback_summary.html"
    roles = frozenset({Role.COORDINATOR})

    def get_context_data(self, **kwargs):
        months, together = feedback.said_by_month()
        return super().get_context_data(
            months=months,
            together=together,
            faces=Face,
            sentences=feedback.sentences(months),
            least=LEAST,
            title=_("How talks were"),
            **kwargs,
        )
