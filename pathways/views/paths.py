"""The accompanied path: the young person's own page, and the pages of whoever goes along."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from accounts.access import RolesRequired, SignedInRequired, YoungPersonRequired, note_opening
from accounts.enums import Role
from foundation.privacy.enums import AccessReason
from intake.models import Participation
from migwork.acting import ActingForm
from migwork.attempts import attempt
from migwork.by_link import ByLink
from pathways import actions, permissions
from pathways.enums import PathKind, PathState, StepKind
from pathways.forms import paths as forms
from pathways.models import PathStep, PathTalk
from pathways.paths import KINDS
from pathways.queries import paths as queries
from pathways.queries import stays, ventures


class MyPath(YoungPersonRequired, TemplateView):
    """Where I stand, what comes next, what there is to tick off. Without a path: what there is, and how to begin."""

    kind = ""
    template_name = "pathways/path_mine.html"

    def get_context_data(self, **kwargs):
        now = timezone.now()
        path = queries.own_path(self.request.user.person, self.kind)
        return {
            "kind": KINDS[self.kind],
            "kind_of": self.kind,
            "part": f"pathways/_path_{self.kind}.html",
            "intro": f"pathways/_path_{self.kind}_intro.html",
            "view": queries.view_of(path, now) if path else None,
            "path": path,
            "is_mine": True,
            **(MORE[path.kind](path, now) if path else {}),
        }


class PersonPath(RolesRequired, View):
    """An operator begins a path of this kind with a person; one that goes on is opened."""

    roles = frozenset({Role.OPERATOR})
    kind = ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        rows = Participation.objects.visible_to(request.user).select_related("person", "edition", "operator")
        self.participation = get_object_or_404(rows, pk=kwargs["pk"])

    def get(self, request, *args, **kwargs):
        path = queries.latest_path(self.participation, self.kind)
        if path is not None and path.state != PathState.ENDED:
            return redirect("pathways:path-detail", pk=path.pk)
        person = self.participation.person
        context = {
            "participation": self.participation,
            "person": person,
            "age": person.age_on(timezone.localdate()),
            "file_url": reverse("intake:person-file", args=[self.participation.pk]),
            "kind": KINDS[self.kind],
            "kind_of": self.kind,
            "past": path,
        }
        return render(request, "pathways/path_begin.html", context)

    def post(self, request, *args, **kwargs):
        attempt(
            request,
            lambda: actions.begin_path(
                participation=self.participation, kind=self.kind, by=request.user, now=timezone.now()
            ),
        )
        path = queries.latest_path(self.participation, self.kind)
        if path is None:
            return redirect(request.path)
        return redirect("pathways:path-detail", pk=path.pk)


class PathList(RolesRequired, TemplateView):
    """Whom I accompany."""

    roles = frozenset({Role.OPERATOR, Role.PARTNER_STAFF, Role.PARTNER_ADMIN})
    template_name = "pathways/path_list.html"

    def get_context_data(self, **kwargs):
        rows = queries.accompanied_by(self.request.user, timezone.now())
        return {
            "going": [row for row in rows if row.state != PathState.ENDED],
            "ended": [row for row in rows if row.state == PathState.ENDED],
            "today": timezone.localdate(),
        }


def _study(path, now) -> dict:
    options = list(path.options.all())
    return {"options": options, "chosen": next((row for row in options if row.is_chosen), None)}


# What the kind of path adds to its page.
MORE = {PathKind.STUDY: _study, PathKind.STAY: stays.shown, PathKind.VENTURE: ventures.shown}


class OfPath(SignedInRequired):
    """A page about one path, by its key in the address. `check` says who may act there."""

    @staticmethod
    def check(user, path):
        permissions.check_can_accompany(user, path)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()
        self.path = queries.path_for(request.user, self.key(**kwargs))
        if self.path is None:
            raise Http404
        self.check(request.user, self.path)

    def key(self, pk, **kwargs):
        return pk

    @property
    def is_mine(self) -> bool:
        return self.path.participation.person.user_id == self.request.user.pk

    def get_success_url(self):
        if self.is_mine:
            return reverse(KINDS[self.path.kind].page)
        return reverse("pathways:path-detail", args=[self.path.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            path=self.path,
            kind=KINDS[self.path.kind],
            person=self.path.participation.person,
            is_mine=self.is_mine,
            path_url=self.get_success_url(),
            **kwargs,
        )


class PathDetail(OfPath, TemplateView):
    """The path as whoever goes along sees it. Its own young person reads it on their own page."""

    template_name = "pathways/path_detail.html"
    check = staticmethod(permissions.check_can_walk)

    def get(self, request, *args, **kwargs):
        if self.is_mine:
            return redirect(self.get_success_url())
        note_opening(request, self.path.participation.person, why=self.reason())
        return super().get(request, *args, **kwargs)

    def reason(self):
        user, path = self.request.user, self.path
        follows = user.pk in (path.companion_id, path.participation.operator_id)
        return AccessReason.FOLLOWS if follows else AccessReason.DESK

    def get_context_data(self, **kwargs):
        user, path = self.request.user, self.path
        may_hand = permissions.can_hand_path(user, path)
        return super().get_context_data(
            view=queries.view_of(path, self.now),
            part=f"pathways/_path_{path.kind}.html",
            story=queries.story_of(path),
            may_hand=may_hand,
            file_url=reverse("intake:person-file", args=[path.participation_id]) if may_hand else "",
            **MORE[path.kind](path, self.now),
            **kwargs,
        )


class PathMove(OfPath, View):
    """One step on, or back from the end: `verb` comes from the address."""

    verb = ""

    def post(self, request, *args, **kwargs):
        move = {"by": request.user, "now": self.now, "path": self.path}
        if self.verb == "reopen":
            attempt(request, lambda: actions.reopen_path(**move), _("It goes on."))
        else:
            attempt(request, lambda: actions.move_path(verb=self.verb, **move))
        return redirect(self.get_success_url())


class PathForm(OfPath, ActingForm):
    """A form on a page of its own, headed by `title`."""

    template_name = "pathways/path_form.html"
    title = lead = ""
    button = _("Save")

    def get_context_data(self, **kwargs):
        return super().get_context_data(title=self.title, lead=self.lead, button=self.button, **kwargs)


class PathEnd(PathForm):
    """How it ended."""

    form_class = forms.OutcomeForm
    title = _("How it ended")
    lead = _("The outcome and its day are counted, without the name. You can open the path again.")
    done = _("Noted.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "path": self.path}

    def act(self, data):
        actions.end_path(path=self.path, **data, by=self.request.user, now=self.now)


class PathHand(PathForm):
    """Who goes along."""

    form_class = forms.CompanionForm
    title = _("Who goes along")
    lead = _("An operator, or somebody at a partner who knows the trade. They see this path, name and contacts.")
    done = _("Noted.")
    check = staticmethod(permissions.check_can_hand_path)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "companions": queries.companions(self.path)}

    def act(self, data):
        actions.hand_path(path=self.path, **data, by=self.request.user, now=self.now)


class StepAdd(PathForm):
    """Put something on the list."""

    form_class = forms.StepForm
    title = _("Put something on the list")
    button = _("Put it on the list")
    check = staticmethod(permissions.check_can_walk)

    def act(self, data):
        actions.add_step(path=self.path, **data, by=self.request.user, now=self.now)


class OfStep(OfPath):
    """One line of the list."""

    check = staticmethod(permissions.check_can_walk)

    def key(self, pk):
        self.step = get_object_or_404(PathStep.objects.select_related("path"), pk=pk)
        return self.step.path_id

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.step.path = self.path


class StepEdit(OfStep, PathForm):
    """Its days, and whether it is done."""

    form_class = forms.TickForm
    done = _("Saved.")

    @property
    def title(self):
        return self.step.name

    def get_form_kwargs(self):
        kwargs = {**super().get_form_kwargs(), "step": self.step}
        kwargs.pop("initial")
        return kwargs

    def act(self, data):
        actions.change_step(step=self.step, **data, by=self.request.user, now=self.now)

    def get_context_data(self, **kwargs):
        may_drop = permissions.can_drop_step(self.request.user, self.step)
        return super().get_context_data(step=self.step if may_drop else None, **kwargs)


class StepTick(OfStep, View):
    """Done, or not after all."""

    def post(self, request, *args, **kwargs):
        done = "undo" not in request.POST
        attempt(
            request,
            lambda: actions.tick_step(step=self.step, done=done, by=request.user, now=self.now),
            _("Well done: one less.") if done else "",
        )
        # Until when a document is good is asked at once: later nobody looks it up.
        if done and self.step.kind == StepKind.DOCUMENT and self.step.expires_on is None:
            return redirect("pathways:path-step", pk=self.step.pk)
        return redirect(self.get_success_url())


class StepDrop(OfStep, View):
    """Off the list."""

    def post(self, request, *args, **kwargs):
        if not permissions.can_drop_step(request.user, self.step):
            raise PermissionDenied
        attempt(
            request, lambda: actions.drop_step(step=self.step, by=request.user, now=self.now), _("Taken off the list.")
        )
        return redirect(self.get_success_url())


class TalkArrange(PathForm):
    """Agree on a day and an hour."""

    form_class = forms.TalkPlanForm
    title = _("Arrange a talk")
    lead = _("The young person gets a message, and a reminder the day before.")
    button = _("Arrange it")
    done = _("Arranged.")

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "path": self.path}

    def act(self, data):
        fields = {name: data[name] for name in ("kind", "at", "place")}
        actions.arrange_talk(path=self.path, **fields, by=self.request.user, now=self.now)


def _asked(text):
    """The moment of an address, of a talk that was booked; None for what is none, or lies beyond the clock."""
    try:
        at = parse_datetime(text or "")
        return timezone.localtime(at) if at is not None and timezone.is_aware(at) else None
    except (ValueError, OverflowError):
        return None


class TalkNote(PathForm):
    """What was said, and what there is to do."""

    form_class = forms.TalkNoteForm
    title = _("Write down a talk")
    done = _("Written down.")
    talk = None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "path": self.path}

    def get_initial(self):
        at = timezone.localtime(self.talk.at if self.talk else _asked(self.request.GET.get("ora")) or self.now)
        first = {"day": at.date(), "hour": at.time().replace(second=0, microsecond=0)}
        return {**first, "kind": self.talk.kind} if self.talk else first

    def act(self, data):
        fields = {name: data[name] for name in ("kind", "at", "said", "tasks", "due_on")}
        actions.note_talk(path=self.path, talk=self.talk, **fields, by=self.request.user, now=self.now)


class OfTalk(OfPath):
    """A talk that was arranged."""

    def key(self, pk):
        self.talk = get_object_or_404(PathTalk.objects.select_related("path"), pk=pk)
        return self.talk.path_id


class TalkHeld(OfTalk, TalkNote):
    """It was held."""


class TalkOff(OfTalk, View):
    """It does not take place."""

    def post(self, request, *args, **kwargs):
        attempt(
            request,
            lambda: actions.call_off_talk(talk=self.talk, by=request.user, now=self.now),
            _("Called off. The young person gets a message."),
        )
        return redirect(self.get_success_url())


class CheckTold(PathForm):
    """Somebody said on the telephone whether they are still enrolled."""

    form_class = forms.CheckForm
    title = _("Still enrolled?")
    done = _("Noted. Thank them for us.")

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.question = get_object_or_404(self.path.checks.unanswered(), due_on__lte=timezone.localdate(self.now))

    def act(self, data):
        actions.answer_check(check=self.question, **data, by=self.request.user, now=self.now)


class CheckByLink(ByLink, ActingForm):
    """For who holds the link of the message: nothing here says whose question it is. Opening it changes nothing."""

    limited_as = "follow_up_link"
    form_class = forms.CheckForm
    template_name = "pathways/path_check.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.question = queries.check_of(kwargs["token"])
        if self.question is None:
            raise Http404

    def limit_key(self):
        return str(self.question.pk)

    def act(self, data):
        actions.answer_check(check=self.question, **data, now=timezone.now())

    def get_success_url(self):
        return self.request.path

    def get_context_data(self, **kwargs):
        closed = self.question.answered_at or queries.check_is_past(self.question, timezone.now())
        return super().get_context_data(closed=closed, answered=bool(self.question.answered_at), **kwargs)
