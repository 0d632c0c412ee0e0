from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    name = "pathways"

    def ready(self):
        from accounts.enums import Role
        from accounts.hooks import call_in_merges, consent_denied, member_holds, member_leaves, sharing
        from foundation.documents import hooks as signing
        from foundation.questionnaires import hooks as forms
        from intake import hooks
        from migwork import navigation
        from pathways import actions, intake_parts, privacy
        from pathways.asking import questions_counted
        from pathways.queries import paths, stays
        from pathways.queries.signatures import may_send_signing_links
        from pathways.sharing import shared_by_enrolment, shared_by_path

        privacy.register()
        navigation.place("check", "pathways:certificate-check")
        call_in_merges(
            **{
                "pathways.Enrolment": _("activities"),
                "pathways.AccompaniedPath": _("accompanied paths"),
                "pathways.KeptSearch": _("kept searches"),
                "pathways.SuggestionChoice": _("choices about suggestions"),
                "pathways.FriendLink": _("links to bring a friend"),
            }
        )
        sharing.register(shared_by_enrolment)
        consent_denied.register(actions.give_back_unsigned)
        forms.read_by_rules.register(questions_counted)
        signing.may_handle.register(may_send_signing_links)
        hooks.file_sections.register(intake_parts.file_section)
        hooks.action_links.register(intake_parts.action_links)
        hooks.referral_links.register(intake_parts.referral_links)
        hooks.next_steps.register(intake_parts.next_steps)
        hooks.way_marks.register(intake_parts.way_marks)
        hooks.achievements.register(intake_parts.achievements)
        hooks.achievements.register(stays.achievements)
        hooks.file_sections.register(intake_parts.paths_section)
        hooks.beside_plan.register(paths.beside_plan)
        hooks.next_steps.register(paths.next_steps)
        sharing.register(shared_by_path)
        member_holds.register(actions.what_companion_holds)
        member_leaves.register(actions.pass_on_paths)
        for role in (Role.OPERATOR, Role.PARTNER_STAFF, Role.PARTNER_ADMIN):
            navigation.register(role, _("Whom I accompany"), "pathways:path-list", order=45)
