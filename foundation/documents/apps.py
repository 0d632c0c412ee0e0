from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "foundation.documents"
    label = "documents"

    def ready(self):
        from foundation.documents import privacy
        from foundation.privacy import hooks as privacy_hooks
        from foundation.privacy import sentences

        privacy.classify_fields()
        privacy_hooks.anonymise.register(privacy.anonymise)
        for verb, sentence in {
            "documents.document_made": _("Document made"),
            "documents.document_withdrawn": _("Document withdrawn"),
            "documents.paper_added": _("Kind of paper added"),
            "documents.signature_asked": _("Signature asked for"),
            "documents.link_sent": _("Link to sign sent"),
            "documents.signer_known": _("Identity of the signer checked"),
            "documents.signed": _("Signed"),
            "documents.signature_refused": _("Signature refused"),
            "documents.signature_withdrawn": _("Signature taken back"),
            "documents.signature_cancelled": _("Signature no longer needed"),
            "documents.signature_expired": _("Signature: the time ran out"),
        }.items():
            sentences.register(verb, sentence)
