"""The first page of each person, the pages about the portal itself, and the demo's two pages."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import login
from django.contrib.sitemaps import views as sitemap_views
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView, View

from accounts import second_factor
from accounts.access import OfficerRequired, YoungPersonRequired
from accounts.models import User
from accounts.queries import notice_is_new
from migwork.links import absolute_url
from portal import papers, queries, sitemaps


class Home(View):
    """Where each person begins."""

    def get(self, request):
        now = timezone.now()
        if not request.user.is_authenticated:
            return render(request, "portal/home_visitor.html", queries.visitor_home(now))
        if request.user.person:
            home = queries.young_home(request.user, now)
            home["offer_passkey"] = second_factor.is_offered(request)
            return render(request, "portal/home_young.html", home)
        if only_page := queries.only_start_page(request.user):
            return redirect(only_page)
        return render(request, "portal/home_staff.html", queries.staff_home(request.user, now))


class Offline(YoungPersonRequired, TemplateView):
    """What a young person's phone keeps, to be read where there is no network: the next step, talks, the plan."""

    template_name = "portal/offline.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**queries.offline(self.request.user, timezone.now()), **kwargs)


class ServiceWorker(View):
    """The service worker, from the root: only what lies below its address may a browser let it answer."""

    def get(self, request):
        file = finders.find("build/sw.js") or staticfiles_storage.path("build/sw.js")
        answer = HttpResponse(Path(file).read_bytes(), content_type="text/javascript")
        # A new one is taken up at the next page, not when a cache has run out.
        answer["Cache-Control"] = "no-cache"
        return answer


class SitemapPage(View):
    """Every published page, for search engines; above fifty thousand an index of the parts."""

    def get(self, request, section=None):
        if section is None and sitemaps.is_long():
            return sitemap_views.index(request, sitemaps.SECTIONS, sitemap_url_name="portal:sitemap-section")
        return sitemap_views.sitemap(request, sitemaps.SECTIONS, section=section)


class Robots(View):
    """What search engines may read: in the demo nothing, for its people and activities are made up."""

    def get(self, request):
        may_not = "/" if settings.DEMO else f"{reverse('pathways:opportunity-list')}?"
        lines = ["User-agent: *", f"Disallow: {may_not}", f"Sitemap: {absolute_url('portal:sitemap')}", ""]
        return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class Talk(TemplateView):
    """For whoever does not know yet: two ways to a first talk."""

    template_name = "portal/talk.html"


class About(TemplateView):
    """What MiG-Work is, and who is behind it, from the edition's own data."""

    template_name = "portal/about.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **queries.about(timezone.localdate()))


class Privacy(TemplateView):
    """What is done with people's data, in plain words."""

    template_name = "portal/privacy.html"
    extra_context = {"contact": settings.CONTACT_EMAIL, "version": settings.PRIVACY_NOTICE}

    def get_context_data(self, **kwargs):
        person = getattr(self.request.user, "person", None)
        new = person is not None and notice_is_new(person, timezone.localdate())
        return super().get_context_data(new_notice=new, **kwargs)


class Accessibility(TemplateView):
    """How far the portal is for everybody, and whom to tell what is not."""

    template_name = "portal/accessibility.html"
    extra_context = {"contact": settings.CONTACT_EMAIL}


class FieldRegister(OfficerRequired, TemplateView):
    """Each field that the portal keeps: what it is, by which right, how long, what becomes of it."""

    template_name = "portal/field_register.html"

    def get_context_data(self, **kwargs):
        everything = self.request.GET.get("campi") == "tutti"
        rooms = papers.field_register(everything)
        return super().get_context_data(rooms=rooms, everything=everything, **kwargs)


class Demo(TemplateView):
    """Everybody one can be in the demo."""

    template_name = "portal/demo.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs, **queries.demo_cast())


class DemoSignIn(View):
    """Sign in as one of the demo's people with one click. The address exists in demo mode alone."""

    http_method_names = ["post"]

    def post(self, request):
        try:
            user = get_object_or_404(User, pk=request.POST.get("user"), is_active=True)
        except ValidationError as no_id:
            raise Http404 from no_id
        login(request, user, backend="accounts.backends.ByPassword")
        # Nobody in the demo has a second factor at hand.
        request.session[second_factor.MARK] = True
        return redirect("portal:home")


class Mailbox(TemplateView):
    """Mail and SMS as they arrived in the demo, newest first."""

    template_name = "portal/mailbox.html"

    def get_context_data(self, **kwargs):
        arrived = queries.mailbox(self.request.GET.get("prima", ""))
        return super().get_context_data(**kwargs, demo_url=reverse("portal:demo"), **arrived)
