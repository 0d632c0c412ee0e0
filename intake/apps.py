from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "intake"

    def ready(self):
        from accounts import hooks
        from foundation.privacy import sentences
        from intake.actions import open_participation
        from intake.privacy import SENTENCES

        for verb, sentence in SENTENCES.items():
            sentences.register(verb, sentence)
        hooks.person_registered.register(open_participation)
