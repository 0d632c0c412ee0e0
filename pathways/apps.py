from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    name = "pathways"

    def ready(self):
        from accounts.hooks import call_in_merges, sharing
        from intake import hooks
        from pathways import intake_parts, privacy
        from pathways.sharing import shared_by_enrolment

        privacy.register()
        call_in_merges(**{"pathways.Enrolment": _("activities")})
        sharing.register(shared_by_enrolment)
        hooks.file_sections.register(intake_parts.file_section)
        hooks.action_links.register(intake_parts.action_links)
        hooks.referral_links.register(intake_parts.referral_links)
        hooks.next_steps.register(intake_parts.next_steps)
