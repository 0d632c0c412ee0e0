from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "foundation.privacy"
    label = "privacy"

    def ready(self):
        from django.db.models.signals import post_migrate

        from foundation.privacy import fields, grants

        fields.classify_fields()
        post_migrate.connect(grants.grant, sender=self)
