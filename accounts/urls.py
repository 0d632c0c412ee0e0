"""The pages of people and their accounts. Each group of them has its module in accounts/routes/."""

from accounts.routes import patterns

app_name = "accounts"
urlpatterns = patterns(entry=False)
