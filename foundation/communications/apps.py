from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommunicationsConfig(AppConfig):
    name = "foundation.communications"
    label = "communications"

    def ready(self):
        from foundation.communications import privacy, topics
        from foundation.privacy import hooks as privacy_hooks
        from foundation.privacy import sentences

        privacy.classify_fields()
        privacy_hooks.anonymise.register(privacy.anonymise)
        privacy_hooks.retention_rows.register(privacy.rows_to_let_go)
        sentences.register("communications.preferences_saved", _("How to be written to was chosen"))
        sentences.register("communications.message_written", _("Message written"))
        sentences.register("communications.messages_read", _("Messages read"))
        # The order in which people read them. A code is of use for minutes only.
        topics.register("codes", _("Codes to sign in or confirm"), required=True, digestible=False)
        topics.register("appointments", _("Your appointments"), required=True)
        topics.register("plan", _("Your plan"))
        topics.register("messages", _("Messages from who follows you"))
        topics.register("enrolments", _("Places in courses and activities that you asked for"), required=True)
        topics.register("activities", _("Courses and activities"))
        topics.register("internships", _("Your internship"), required=True)
        topics.register("documents", _("Documents to read or sign"), required=True)
        topics.register("privacy", _("Your data and your rights"), required=True)
        topics.register("feedback", _("How our talks were for you"))
        topics.register("news", _("News of the service"))
