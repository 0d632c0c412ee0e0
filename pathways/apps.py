from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PathwaysConfig(AppConfig):
    name = "pathways"

    def ready(self):
        from accounts.hooks import call_in_merges
        from intake import hooks
        from pathways import intake_parts, privacy

        privacy.register()
        call_in_merges(**{"pathways.Enrolment": _("activities")})
        hooks.file_sections.register(intake_parts.file_section)
        hooks.action_links.register(intake_parts.action_links)
        hooks.referral_links.register(intake_parts.referral_links)
        hooks.next_steps.register(intake_parts.next_steps)
