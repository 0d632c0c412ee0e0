from django.apps import AppConfig


class CommunicationsConfig(AppConfig):
    name = "foundation.communications"
    label = "communications"
