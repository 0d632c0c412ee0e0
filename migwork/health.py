"""Two addresses for what watches the portal: is the process alive, can it work."""

from django.core.cache import cache
from django.db import connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def live(request):
    """200 while the process answers at all."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request):
    """200 when database and Redis answer, else 503 with the name of what does not."""
    broken = []
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Exception:  # any failure means the same to the watcher
        broken.append("database")
    try:
        cache.get("health")
    except Exception:
        broken.append("redis")
    return JsonResponse({"status": "broken" if broken else "ok", "broken": broken}, status=503 if broken else 200)
