"""One session of a run: changed, taken out; who holds them all; the list of trainers and rooms."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from migwork import repeats
from migwork.errors import NotNow
from pathways import actions, forms
from pathways.models import Room, Trainer
from pathways.queries import sessions as queries
from pathways.views.dates import RunChangePage, told
from pathways.views.runs import SessionPage
from pathways.views.workspace import PartnerPage


class SessionEdit(SessionPage, View):
    """Another day, other hours, somebody else, elsewhere."""

    def form(self, data=None):
        session = self.session
        start, end = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
        room = session.room
        initial = {
            "day": start.date(),
            "start": start.time(),
            "end": end.time(),
            "place": room.beside(session.place) if room else session.place,
            "room": room,
            "trainers": session.trainers.all(),
        }
        choices = queries.who_and_where(session.run.opportunity.organisation_id, of=session)
        return forms.SessionForm(data, initial=initial, **choices)

    def get(self, request, *args, **kwargs):
        return self.page(self.form())

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        try:
            session = actions.change_session(session=self.session, to=form.meeting, by=request.user, now=timezone.now())
        except (NotNow, ValidationError) as reason:
            form.add_error(None, ValidationError(reason.messages))
            return self.page(form)
        messages.success(request, told(session.run, _("Saved.")))
        if holiday := repeats.holiday(form.meeting.day):
            messages.warning(request, _("This day is a public holiday: %s.") % holiday)
        return redirect("pathways:run-detail", pk=session.run_id)

    def page(self, form):
        session = self.session
        context = {"session": session, "run": session.run, "form": form, "people": queries.concerned(session.run)}
        context["is_recorded"] = session.recorded_at is not None or session.attendances.exists()
        return render(self.request, "pathways/session_edit.html", context)


class SessionRemove(SessionPage, View):
    """Take out a session that will not be held: a strike, somebody is ill."""

    def post(self, request, *args, **kwargs):
        try:
            run = actions.remove_session(session=self.session, by=request.user, now=timezone.now())
        except NotNow as reason:
            messages.warning(request, reason.message)
        else:
            messages.success(request, told(run, _("The date is taken out.")))
        return redirect("pathways:run-detail", pk=self.session.run_id)


class RunWho(RunChangePage, View):
    """The same room and trainers for all sessions to come."""

    def form(self, data=None):
        following = queries.next_session(self.run, timezone.now())
        initial = {"room": following.room, "trainers": following.trainers.all()} if following else {}
        choices = queries.who_and_where(self.run.opportunity.organisation_id, of=following)
        return forms.WhoForm(data, initial=initial, **choices)

    def get(self, request, *args, **kwargs):
        return self.page(self.form())

    def post(self, request, *args, **kwargs):
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form)
        who = form.where_and_who
        try:
            actions.name_for_all(
                run=self.run, room=who["room"], trainers=who["trainers"], by=request.user, now=timezone.now()
            )
        except NotNow as reason:
            form.add_error(None, reason)
            return self.page(form)
        messages.success(request, told(self.run, _("Saved.")))
        return redirect("pathways:run-detail", pk=self.run.pk)

    def page(self, form):
        return render(self.request, "pathways/run_who.html", {"run": self.run, "form": form})


class TrainerList(PartnerPage, View):
    """Who holds the sessions of an organisation, and in which rooms: the list from which one chooses."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.organisations = queries.planned_by(request.user)
        if not self.organisations:
            raise Http404
        asked = request.GET.get("ente", "")
        self.organisation = next((o for o in self.organisations if o.code == asked), self.organisations[0])

    def get(self, request, *args, **kwargs):
        return self.page()

    def post(self, request, *args, **kwargs):
        is_room = "room" in request.POST
        form = self.room_form(request.POST) if is_room else self.trainer_form(request.POST)
        if form.is_valid():
            keep = actions.keep_room if is_room else actions.keep_trainer
            try:
                keep(organisation=self.organisation, by=request.user, now=timezone.now(), **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("It is on the list: you can choose it for your sessions."))
                return redirect(request.get_full_path())
        return self.page(**{"room_form" if is_room else "trainer_form": form})

    def room_form(self, data=None):
        return forms.RoomForm(data, prefix="aula")

    def trainer_form(self, data=None):
        return forms.TrainerForm(data, colleagues=queries.colleagues_at(self.organisation))

    def page(self, **bound):
        rows = queries.everybody_and_everywhere(self.organisation)
        context = {"room_form": self.room_form(), "trainer_form": self.trainer_form(), **rows, **bound}
        context |= {"organisation": self.organisation, "organisations": self.organisations}
        return render(self.request, "pathways/trainer_list.html", context)


class OnTheList(PartnerPage, View):
    """Take a trainer or a room off the list, or put them back."""

    model, keep, name = None, None, ""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.row = get_object_or_404(self.model.objects.run_by(request.user), pk=kwargs["pk"])

    def post(self, request, *args, **kwargs):
        is_active = request.POST.get("on") == "yes"
        type(self).keep(**{self.name: self.row}, is_active=is_active, by=request.user, now=timezone.now())
        address = redirect("pathways:trainer-list")
        address["Location"] += f"?ente={self.row.organisation.code}"
        return address


class TrainerKeep(OnTheList):
    model, keep, name = Trainer, staticmethod(actions.keep_trainer), "trainer"


class RoomKeep(OnTheList):
    model, keep, name = Room, staticmethod(actions.keep_room), "room"
