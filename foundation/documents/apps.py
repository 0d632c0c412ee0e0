from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "foundation.documents"
    label = "documents"

    def ready(self):
        from foundation.privacy import sentences

        sentences.register("documents.document_made", _("Document made"))
