from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "pathways"

    def ready(self):
        from intake import hooks
        from pathways import intake_parts, privacy

        privacy.register()
        hooks.file_sections.register(intake_parts.file_section)
        hooks.action_links.register(intake_parts.action_links)
        hooks.referral_links.register(intake_parts.referral_links)
        hooks.next_steps.register(intake_parts.next_steps)
