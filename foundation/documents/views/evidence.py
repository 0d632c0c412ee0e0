"""What was signed, shown: the file itself, how each signature came about, and whether a paper is still what it was."""

from allauth.core import ratelimit
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.generic import View

from foundation.documents import queries
from foundation.documents.enums import SignatureState
from foundation.documents.forms import DocumentCheckForm


class DocumentCheck(View):
    """Whoever holds a PDF of the portal sees whether it is, byte by byte, the one that was made. Nothing is kept."""

    def get(self, request):
        return self.page(DocumentCheckForm())

    def post(self, request):
        if not ratelimit.consume(request, action="document_check"):
            return HttpResponse(render_to_string("429.html", request=request), status=429)
        form = DocumentCheckForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.page(form)
        content = form.cleaned_data["file"].read()
        document = queries.known_by_bytes(content)
        return self.page(DocumentCheckForm(), checked=True, document=document, signed=self.signed(document))

    def signed(self, document):
        """Whether all who had to have signed it."""
        return document and document.signature_requests.filter(state=SignatureState.SIGNED).first()

    def page(self, form, **context):
        return render(self.request, "documents/document_check.html", {"form": form, **context})
