"""My data: what is kept and why, who saw it, who may see it, my copy, my consents, how I am written to."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, resolve_url
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView, View

from accounts import actions
from accounts.access import YoungPersonRequired
from accounts.enums import CopyState
from accounts.forms.my_data import PreferencesForm
from accounts.models import DataCopy, Purpose
from accounts.models.people import OF_AGE
from accounts.queries import ids_of, my_data, sharing
from foundation.communications import topics
from foundation.communications.actions import save_preferences
from foundation.communications.queries import preference_of
from foundation.files.serving import response
from migwork.attempts import attempt
from programme.models import Organisation


class OwnPage(YoungPersonRequired):
    """A page of a young person about themselves: `self.person`, `self.now`."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.person, self.now = request.user.person, timezone.now()

    def get_context_data(self, **kwargs):
        return super().get_context_data(person=self.person, **kwargs)


class MyData(OwnPage, TemplateView):
    """What is kept about me and why, in plain words, and the way to everything else."""

    template_name = "accounts/my_data.html"

    def get_context_data(self, **kwargs):
        today = timezone.localdate(self.now)
        return super().get_context_data(
            groups=my_data.what_is_kept(today),
            new_notice=sharing.notice_is_new(self.person, today),
            # Who turned eighteen a short while ago still has things to confirm.
            others_sign=self.person.age_on(today) <= OF_AGE,
            **kwargs,
        )


class MyOpenings(OwnPage, TemplateView):
    """Who opened my file: when, why, in which role, of which organisation."""

    template_name = "accounts/my_openings.html"

    def get_context_data(self, **kwargs):
        before = self.request.GET.get("prima", "")
        rows, more = my_data.openings(
            ids_of(self.person), int(before) if before.isdecimal() and len(before) < 19 else None
        )
        return super().get_context_data(rows=rows, more=more, **kwargs)


class MySharing(OwnPage, TemplateView):
    """Which partner sees what, and taking it away or giving it back."""

    template_name = "accounts/my_sharing.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            rows=sharing.who_sees_what(self.person), withdrawn=sharing.withdrawn_access(self.person), **kwargs
        )

    def post(self, request):
        number = request.POST.get("organisation", "")
        if not number.isdecimal() or len(number) > 9:
            raise Http404
        organisation = get_object_or_404(Organisation, pk=number)
        values = {"person": self.person, "organisation": organisation, "by": request.user, "now": self.now}
        if request.POST.get("verb") == "give":
            done = _("%(who)s sees you again.") % {"who": organisation.short_name}
            attempt(request, lambda: actions.grant_access(**values), done)
        elif any(row.organisation == organisation for row in sharing.who_sees_what(self.person) if row.can_withdraw):
            actions.withdraw_access(**values)
            messages.success(request, _("%(who)s no longer sees you.") % {"who": organisation.short_name})
        else:
            raise Http404
        return redirect("accounts:my-sharing")


class MyConsents(OwnPage, TemplateView):
    """What is optional, each with its own yes; and the notice that was shown."""

    template_name = "accounts/my_consents.html"

    def get_context_data(self, **kwargs):
        today = timezone.localdate(self.now)
        return super().get_context_data(choices=sharing.optional_consents(self.person, today), **kwargs)

    def post(self, request):
        purpose = request.POST.get("purpose", "")
        if purpose not in sharing.OPTIONAL:
            raise Http404
        act = {"withdraw": actions.withdraw_consent, "ask": self.ask}.get(
            request.POST.get("verb"), actions.give_consent
        )
        attempt(
            request,
            lambda: act(person=self.person, purpose=purpose, by=request.user, now=self.now),
            _("Your choice is saved."),
        )
        return redirect("accounts:my-consents")

    def ask(self, *, purpose, **values):
        """A minor's yes needs the one of who signs for them: they are asked."""
        actions.ask_consent(purpose=get_object_or_404(Purpose, code=purpose), **values)


class NoticeRead(OwnPage, View):
    """The button under the privacy notice."""

    http_method_names = ["post"]

    def post(self, request):
        actions.notice_read(person=self.person, language=get_language(), by=request.user, now=self.now)
        messages.success(request, _("Thank you. You find the notice again at the foot of each page."))
        return redirect("accounts:my-data")


class MyPreferences(OwnPage, FormView):
    """How I want to be written to."""

    template_name = "accounts/my_preferences.html"
    form_class = PreferencesForm

    def get_initial(self):
        kept = preference_of(self.person.pk)
        off = kept.off if kept else []
        wanted = [topic.code for topic in topics.registered() if topic.code not in off]
        if kept is None:
            return {"channel": "", "digest": "now", "wanted": wanted}
        names = ("channel", "digest", "quiet_from", "quiet_to")
        return {**{name: getattr(kept, name) for name in names}, "wanted": wanted}

    def get_context_data(self, **kwargs):
        required = [topic for topic in topics.registered() if topic.required]
        return super().get_context_data(required=required, **kwargs)

    def form_valid(self, form):
        try:
            save_preferences(about=self.person, by=self.request.user, now=self.now, **form.choices_made())
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        messages.success(self.request, _("Your choice is saved."))
        return redirect("accounts:my-preferences")


def is_fresh(request, now) -> bool:
    """Whether whoever is signed in has shown a short while ago that it is them: a phone left lying is not enough."""
    return now.timestamp() - request.session.get("since", 0) < settings.FRESH_SIGN_IN


class MyCopy(OwnPage, TemplateView):
    """A copy of all that is kept about me: asked for here, downloaded here."""

    template_name = "accounts/my_copy.html"

    def get_context_data(self, **kwargs):
        copy = DataCopy.objects.filter(person=self.person).first()
        return super().get_context_data(
            copy=copy,
            waiting=bool(copy and copy.state == CopyState.WAITING),
            ready=bool(copy and copy.state == CopyState.READY and copy.ends_at > self.now),
            fresh=is_fresh(self.request, self.now),
            **kwargs,
        )

    def post(self, request):
        attempt(
            request,
            lambda: actions.ask_copy(person=self.person, by=request.user, now=self.now),
            _("We are preparing your copy. We write to you when it is there."),
        )
        return redirect("accounts:my-copy")


class SignInAgain(OwnPage, View):
    """Show once more that it is me, by the door through which one comes in; then back to the copy."""

    http_method_names = ["post"]

    def post(self, request):
        logout(request)
        messages.info(request, _("Sign in again: then you can download your copy."))
        return redirect_to_login(resolve_url("accounts:my-copy"))


class CopyDownload(OwnPage, View):
    """One of the two files of my copy, for who has just shown that it is them."""

    http_method_names = ["post"]

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.copy = get_object_or_404(
            DataCopy.objects.select_related("pdf", "json", "person"),
            pk=kwargs["pk"],
            person=self.person,
            state=CopyState.READY,
            ends_at__gt=self.now,
        )

    def post(self, request, pk, form):
        if not is_fresh(request, self.now):
            messages.error(request, _("Sign in again first: everything about you is in there."))
            return redirect("accounts:my-copy")
        actions.note_download(copy=self.copy, by=request.user, now=self.now)
        if form == "json":
            return response(self.copy.json)
        answer = FileResponse(self.copy.pdf.file.open("rb"), as_attachment=True, filename=_("my-data") + ".pdf")
        answer["Cache-Control"] = "private, no-store"
        return answer
