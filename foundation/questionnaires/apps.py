from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "foundation.questionnaires"
    label = "questionnaires"
