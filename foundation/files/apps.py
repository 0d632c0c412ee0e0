from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "foundation.files"
    label = "files"

    def ready(self):
        from foundation.files.privacy import classify_fields
        from foundation.privacy import sentences

        classify_fields()
        sentences.register("files.file_stored", _("File added"))
