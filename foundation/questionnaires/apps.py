from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "foundation.questionnaires"
    label = "questionnaires"

    def ready(self):
        from foundation.questionnaires.privacy import classify_fields

        classify_fields()
