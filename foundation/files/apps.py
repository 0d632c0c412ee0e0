from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "foundation.files"
    label = "files"

    def ready(self):
        from foundation.files import privacy
        from foundation.privacy import hooks as privacy_hooks
        from foundation.privacy import sentences

        privacy.classify_fields()
        privacy_hooks.anonymise.register(privacy.anonymise)
        sentences.register("files.file_stored", _("File added"))
        sentences.register("files.file_deleted", _("File deleted: it was needed no more"))
