"""A person's file."""

from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from accounts.access import SignedInRequired, note_opening
from accounts.enums import Role
from accounts.permissions import can_merge
from accounts.queries import merges_about
from intake import hooks, queries
from intake.permissions import can_read_file, can_read_talks, can_work_on, check_can_read_file
from intake.views.base import about_person, participation_or_404, reason_to_open
from intake.workflow import OPEN_STATES


class PersonFile(SignedInRequired, TemplateView):
    """All the desk knows of a person, a section at a time; a partner is sent on to the referral."""

    template_name = "intake/person_file.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.participation = participation_or_404(request.user, kwargs["pk"], queries.file_for)

    def get(self, request, *args, **kwargs):
        partner = request.user.organisations_as(Role.PARTNER_STAFF, Role.PARTNER_ADMIN)
        if partner and not can_read_file(request.user):
            referral = self.participation.referrals.filter(organisation__in=partner).first()
            if referral:
                return redirect("intake:referral-detail", referral.pk)
        check_can_read_file(request.user)
        note_opening(request, self.participation.person, why=reason_to_open(request.user, self.participation))
        return super().get(request, *args, **kwargs)

    @cached_property
    def follows(self) -> bool:
        """Whether it is their own operator who reads it, or who stands in today."""
        user = self.request.user
        return can_read_talks(user) and queries.follows(user, self.participation, timezone.now())

    def get_context_data(self, **kwargs):
        user, participation = self.request.user, self.participation
        talks = can_read_talks(user)
        sections = {"": self.story, "piano": self.plan, "invii": self.referrals, "attivita": self.activities}
        if talks:
            sections["colloqui"] = self.talks
        wanted = self.request.GET.get("s", "")
        section = wanted if wanted in sections else ""
        stands_still = participation.merged_into_id or participation.person.limited_at
        works = can_work_on(user, participation) and talks and not stands_still
        return super().get_context_data(
            **about_person(participation),
            is_open=participation.state in OPEN_STATES,
            plan=getattr(participation, "plan", None),
            follow_ups=queries.follow_ups_of(participation) if participation.ending else [],
            today=timezone.localdate(),
            may_work=works,
            here=self.here(user) if works and participation.has_come else None,
            may_read_talks=talks,
            may_write=self.follows,
            section=section,
            **sections[section](user),
            **kwargs,
        )

    def here(self, user):
        """Their entry in today's queue of this operator's desks, or None."""
        found = queries.at_the_desk(user, [self.participation], timezone.now())
        return found.get(self.participation.pk)

    def story(self, user):
        whole = "tutto" in self.request.GET
        participation = self.participation
        events = queries.story(participation, whole=whole)
        return {
            "notes": queries.notes_told(events) if can_read_talks(user) else {},
            "events": events if whole else events[: queries.STORY],
            "more_events": not whole and len(events) > queries.STORY,
            "coming": queries.coming_appointments(participation),
            "works_here": can_work_on(user, participation),
            "reachable": queries.is_reachable(participation),
            # Of who is of age nobody; and none but the case team sees to signatures.
            "signs": queries.who_signs(participation) if can_read_talks(user) else None,
            "holders": queries.holders(participation) if participation.has_handovers else [],
            "may_hand_over": self.follows,
            "may_merge": can_merge(user),
            "merges": merges_about(participation.person) if participation.has_merges and can_merge(user) else [],
        }

    def talks(self, user):
        return {
            "reception": queries.reception_of(self.participation),
            "appointments": queries.appointments_of(self.participation),
            "interviews": queries.interviews_of(self.participation),
            "notes": queries.notes_of(self.participation),
        }

    def plan(self, user):
        plan = getattr(self.participation, "plan", None)
        return {"outline": queries.plan_view(plan, user=user, links=True) if plan else None}

    def referrals(self, user):
        return {
            "referrals": queries.referrals_of(self.participation),
            "outside": queries.outside_referrals_of(self.participation),
        }

    def activities(self, user):
        found = hooks.file_sections.call(participation=self.participation, user=user)
        return {"more_sections": [section for section in found if section]}
