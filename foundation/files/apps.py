from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "foundation.files"
    label = "files"

    def ready(self):
        from foundation.privacy import sentences

        sentences.register("files.file_stored", _("File added"))
