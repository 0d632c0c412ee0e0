from django.urls import path

from accounts.views.claim import ClaimView

urlpatterns = [path("riscatto/", ClaimView.as_view(), name="account_claim")]
