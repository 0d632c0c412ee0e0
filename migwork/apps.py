from django.apps import AppConfig


class MigworkConfig(AppConfig):
    name = "migwork"
