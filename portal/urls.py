from django.conf import settings
from django.urls import path

from portal import views

app_name = "portal"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("sw.js", views.ServiceWorker.as_view(), name="service-worker"),
    path("senza-rete/", views.Offline.as_view(), name="offline"),
    path("parliamone/", views.Talk.as_view(), name="talk"),
    path("sitemap.xml", views.SitemapPage.as_view(), name="sitemap"),
    path("sitemap-<slug:section>.xml", views.SitemapPage.as_view(), name="sitemap-section"),
    path("robots.txt", views.Robots.as_view(), name="robots"),
    path("che-cose/", views.About.as_view(), name="about"),
    path("privacy/", views.Privacy.as_view(), name="privacy"),
    path("registro-campi/", views.FieldRegister.as_view(), name="field-register"),
    path("accessibilita/", views.Accessibility.as_view(), name="accessibility"),
]
if settings.DEMO:
    urlpatterns += [
        path("demo/", views.Demo.as_view(), name="demo"),
        path("demo/entra/", views.DemoSignIn.as_view(), name="demo-sign-in"),
        path("demo/posta/", views.Mailbox.as_view(), name="mailbox"),
    ]
