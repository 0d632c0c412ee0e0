from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "foundation.documents"
    label = "documents"
