from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "foundation.questionnaires"
    label = "questionnaires"

    def ready(self):
        from foundation.privacy import sentences
        from foundation.questionnaires.privacy import SENTENCES, classify_fields

        classify_fields()
        for verb, sentence in SENTENCES.items():
            sentences.register(verb, sentence)
