from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "foundation.documents"
    label = "documents"

    def ready(self):
        from foundation.documents.privacy import classify_fields
        from foundation.privacy import sentences

        classify_fields()
        sentences.register("documents.document_made", _("Document made"))
