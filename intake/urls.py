from django.urls import path
app_name = "intake"
urlpatterns = [path("progetto/", lambda r: None, name="my-plan"), path("invii/", lambda r: None, name="referral-list")]
