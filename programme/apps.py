from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProgrammeConfig(AppConfig):
    name = "programme"
    verbose_name = _("Programme")

    def ready(self):
        from foundation.privacy import sentences
        from programme.privacy import classify_fields

        classify_fields()
        sentences.register("programme.edition_loaded", _("Edition loaded from its file"))
