from django.apps import AppConfig


class PathwaysConfig(AppConfig):
    name = "pathways"

    def ready(self):
        from pathways import privacy

        privacy.register()
