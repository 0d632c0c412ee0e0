from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "foundation.privacy"
    label = "privacy"
