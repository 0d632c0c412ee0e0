from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MigworkConfig(AppConfig):
    name = "migwork"

    def ready(self):
        from django import forms

        from migwork import italian

        italian.teach_translations()
        # Django's "This field is required." is an office's voice; fields that say more keep their own sentence.
        forms.Field.default_error_messages["required"] = _("Still missing.")
