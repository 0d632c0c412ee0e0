"""Organisations, their members, invitations, and what happens when somebody leaves."""

from allauth.account.utils import perform_login
from allauth.decorators import rate_limit
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from accounts import actions
from accounts.access import RolesRequired
from accounts.enums import Role
from accounts.forms import AcceptForm, InvitationForm, LeaveForm, OrganisationForm
from accounts.models import User
from accounts.permissions import (
    can_close_account,
    can_keep_organisations,
    can_reset_factor,
    check,
    roles_to_give,
)
from accounts.queries import (
    colleagues_of,
    held_by,
    invitation_by,
    live_invitations,
    members_table,
    organisations_managed_by,
)


class ManagerRequired(RolesRequired):
    """Administrators, and partner administrators; what they manage is found by `organisations_managed_by`."""

    roles = frozenset({Role.PARTNER_ADMIN})


class OrganisationListView(ManagerRequired, TemplateView):
    """The organisations whose people one manages."""

    template_name = "accounts/organisation_list.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            organisations=organisations_managed_by(user), may_add=can_keep_organisations(user), **kwargs
        )


class OrganisationAddView(ManagerRequired, FormView):
    template_name = "accounts/organisation_create.html"
    form_class = OrganisationForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        check(can_keep_organisations(request.user))

    def form_valid(self, form):
        organisation = actions.add_organisation(by=self.request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(self.request, _("The organisation is there. Now invite its people."))
        return redirect("accounts:organisation", organisation.pk)


class OrganisationMixin(ManagerRequired):
    """A page of one organisation that the visitor manages; others' are not found."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.organisation = get_object_or_404(organisations_managed_by(request.user), pk=kwargs["pk"])

    def get_context_data(self, **kwargs):
        return super().get_context_data(organisation=self.organisation, **kwargs)

    def get_success_url(self):
        return reverse("accounts:organisation", args=[self.organisation.pk])


class OrganisationView(OrganisationMixin, TemplateView):
    """Who works there, and who is invited."""

    template_name = "accounts/organisation_detail.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            rows=members_table(self.organisation),
            invitations=live_invitations(self.organisation),
            now=timezone.now(),
            **kwargs,
        )


class InviteView(OrganisationMixin, FormView):
    template_name = "accounts/invitation_create.html"
    form_class = InvitationForm

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "roles": roles_to_give(self.request.user, self.organisation.pk)}

    def form_valid(self, form):
        try:
            actions.invite(
                organisation=self.organisation, by=self.request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("The invitation is on its way. Its link is good for seven days."))
        return super().form_valid(form)


class CancelInvitationView(OrganisationMixin, View):
    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        invitation = get_object_or_404(self.organisation.invitations, pk=kwargs["invitation"])
        try:
            actions.cancel_invitation(invitation=invitation, by=request.user, now=timezone.now())
            messages.success(request, _("The invitation is taken back: its link is no longer good."))
        except ValidationError as error:
            messages.error(request, error.message)
        return redirect(self.get_success_url())


class MemberMixin(OrganisationMixin):
    """A page of one member of the organisation."""

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        members = User.objects.filter(memberships__organisation=self.organisation, memberships__is_active=True)
        self.member = get_object_or_404(members.distinct(), pk=kwargs["who"])
        self.memberships = [m for m in self.member.active_memberships if m.organisation_id == self.organisation.pk]

    def get_context_data(self, **kwargs):
        return super().get_context_data(member=self.member, memberships=self.memberships, **kwargs)

    @property
    def may_end(self) -> bool:
        """Whether the roles here are the visitor's to end."""
        here = roles_to_give(self.request.user, self.organisation.pk)
        return all(membership.role in here for membership in self.memberships)


class MemberView(MemberMixin, TemplateView):
    """What somebody does here, what is in their hands, and what can be done about their account."""

    template_name = "accounts/member_detail.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        return super().get_context_data(
            held=held_by(self.member, self.organisation),
            may_end=self.may_end,
            may_reset=can_reset_factor(user, self.member),
            may_close=can_close_account(user, self.member),
            **kwargs,
        )


class ConfirmMemberView(MemberMixin, TemplateView):
    """Asks once more before the account is closed or its keys are reset: says what that does to the person."""

    template_name = "accounts/member_confirm.html"
    DOES = {
        "close": (actions.close_account, gettext_lazy("The account is closed, and every session of it is over.")),
        "reset-keys": (actions.reset_factors, gettext_lazy("The keys are reset: the next sign-in sets up new ones.")),
    }
    MAY = {"close": can_close_account, "reset-keys": can_reset_factor}

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.verb = kwargs["verb"]
        if self.verb not in self.DOES:
            raise Http404
        check(self.MAY[self.verb](request.user, self.member))

    def get_context_data(self, **kwargs):
        held = held_by(self.member, self.organisation)
        return super().get_context_data(held=held, may_leave=self.may_end, **kwargs)

    def post(self, request, *args, **kwargs):
        do, done = self.DOES[self.verb]
        do(user=self.member, by=request.user, now=timezone.now())
        messages.success(request, done)
        return redirect("accounts:member", self.organisation.pk, self.member.pk)


class ChangeMemberView(MemberMixin, View):
    """What harms nobody: reopen the account, end its sessions. Closing it and resetting keys ask once more."""

    http_method_names = ["post"]
    DOES = {
        "reopen": (actions.reopen_account, gettext_lazy("The account is open again.")),
        "end-sessions": (actions.end_sessions, gettext_lazy("Every session is over.")),
    }

    def post(self, request, *args, **kwargs):
        if request.POST.get("verb") not in self.DOES:
            raise Http404
        do, done = self.DOES[request.POST["verb"]]
        do(user=self.member, by=request.user, now=timezone.now())
        messages.success(request, done)
        return redirect("accounts:member", self.organisation.pk, self.member.pk)


class LeaveView(MemberMixin, FormView):
    """Before somebody leaves: who takes on what is theirs?"""

    template_name = "accounts/member_leave.html"
    form_class = LeaveForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        if not self.may_end:
            raise PermissionDenied
        self.held = held_by(self.member, self.organisation)

    def get_form_kwargs(self):
        colleagues = colleagues_of(self.member, self.organisation)
        return {**super().get_form_kwargs(), "colleagues": colleagues, "needed": bool(self.held)}

    def get_context_data(self, **kwargs):
        return super().get_context_data(held=self.held, **kwargs)

    def form_valid(self, form):
        try:
            actions.hand_over(
                user=self.member,
                organisation=self.organisation,
                to=form.cleaned_data.get("to"),
                by=self.request.user,
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Done: their roles here have ended, and nobody is left alone."))
        return super().form_valid(form)


@method_decorator([never_cache, rate_limit(action="invitation")], name="dispatch")
class AcceptInvitationView(FormView):
    """The link of an invitation. Opening it shows what it is for; the button accepts."""

    template_name = "account/invitation.html"
    form_class = AcceptForm

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.invitation = invitation_by(kwargs["token"], now=timezone.now())
        if self.invitation is None:
            raise Http404

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "known": self.invitation.known}

    def get_context_data(self, **kwargs):
        user = self.request.user
        another = user.is_authenticated and user.email != self.invitation.email
        return super().get_context_data(invitation=self.invitation, another=another, **kwargs)

    def form_valid(self, form):
        user = self.request.user if self.request.user.is_authenticated else None
        try:
            member = actions.accept_invitation(
                token=self.kwargs["token"],
                name=form.cleaned_data.get("name", ""),
                signed_in=user,
                language=get_language(),
                now=timezone.now(),
            )
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        messages.success(self.request, _("Welcome: you are one of them now."))
        return redirect("portal:home") if user else perform_login(self.request, member)

    def render_to_response(self, context, **kwargs):
        response = super().render_to_response(context, **kwargs)
        # The address is a key: it stays in no cache. That it goes to no other site is the policy of every page.
        response["Cache-Control"] = "private, no-store"
        return response
