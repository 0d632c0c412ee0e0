"""The ways in and out, below /account/. Each group of them has its module in accounts/routes/."""

from accounts.routes import patterns

urlpatterns = patterns(entry=True)
