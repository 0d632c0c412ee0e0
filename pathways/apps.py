from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    name = "pathways"

    def ready(self):
        from accounts.hooks import call_in_merges, consent_denied, sharing
        from foundation.documents import hooks as signing
        from intake import hooks
        from migwork import navigation
        from pathways import actions, intake_parts, privacy
        from pathways.queries.signatures import may_send_signing_links
        from pathways.sharing import shared_by_enrolment

        privacy.register()
        navigation.place("check", "pathways:certificate-check")
        call_in_merges(**{"pathways.Enrolment": _("activities")})
        sharing.register(shared_by_enrolment)
        consent_denied.register(actions.give_back_unsigned)
        signing.may_handle.register(may_send_signing_links)
        hooks.file_sections.register(intake_parts.file_section)
        hooks.action_links.register(intake_parts.action_links)
        hooks.referral_links.register(intake_parts.referral_links)
        hooks.next_steps.register(intake_parts.next_steps)
        hooks.way_marks.register(intake_parts.way_marks)
        hooks.achievements.register(intake_parts.achievements)
