from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "foundation.privacy"
    label = "privacy"

    def ready(self):
        from foundation.privacy import fields

        fields.classify_fields()
