"""The few icons of the portal, drawn on a grid of 24. Always beside words, never instead of them."""

from functools import cache

from django.utils.safestring import SafeString, mark_safe

ICONS = {
    "search": '<circle cx="11" cy="11" r="7"/><path d="m16 16 5 5"/>',
    "menu": '<path d="M4 6h16M4 12h16M4 18h16"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4 21c1-5 4-7 8-7s7 2 8 7"/>',
    "next": '<path class="icon-turn" d="m9 5 7 7-7 7"/>',
    "calendar": '<rect x="3" y="5" width="18" height="16" rx="2"/><path d="M3 10h18M8 3v4M16 3v4"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3 3"/>',
    "place": '<path d="M12 21s-7-6-7-12a7 7 0 0 1 14 0c0 6-7 12-7 12z"/><circle cx="12" cy="9" r="2.5"/>',
    "people": '<circle cx="9" cy="8" r="3.5"/><path d="M2 20c.7-4.5 3.5-6 7-6s6.3 1.5 7 6"/>'
    '<path d="M16 5a3.5 3.5 0 0 1 0 6.5M18.5 14.5c2 .8 3.2 2.6 3.5 5.5"/>',
    "message": '<path d="M4 5h16v11H11l-5 4v-4H4z"/>',
    "document": '<path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/>',
    "download": '<path d="M12 4v11m-5-4 5 5 5-5M4 20h16"/>',
    "check": '<path d="m5 13 5 5 9-12"/>',
    "cross": '<path d="m6 6 12 12M18 6 6 18"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.5v.1"/>',
    "warning": '<path d="M12 4 2.5 20h19zM12 10v5M12 17.5v.1"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "work": '<rect x="3" y="8" width="18" height="12" rx="2"/><path d="M9 8V5h6v3M3 13h18"/>',
    "study": '<path d="m2 9 10-5 10 5-10 5zM6 11v5c3 3 9 3 12 0v-5"/>',
    "idea": '<path d="M9 18h6M10 21h4M8 15a6.5 6.5 0 1 1 8 0z"/>',
    "travel": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>',
    "heart": '<path d="M12 20S3 14 3 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.5C21 14 12 20 12 20z"/>',
    "question": '<circle cx="12" cy="12" r="9"/><path d="M9 9.5a3 3 0 1 1 3 3.5v1M12 17.5v.1"/>',
    "face-good": '<circle cx="12" cy="12" r="9"/><path d="M8.5 9.5v.1M15.5 9.5v.1M8 14c2 3.3 6 3.3 8 0"/>',
    "face-so_so": '<circle cx="12" cy="12" r="9"/><path d="M8.5 9.5v.1M15.5 9.5v.1M8.5 15h7"/>',
    "face-bad": '<circle cx="12" cy="12" r="9"/><path d="M8.5 9.5v.1M15.5 9.5v.1M8 16.5c2-3.3 6-3.3 8 0"/>',
    "chart": '<path d="M4 20V4M4 20h16M8 16v-4M12 16V8M16 16v-6"/>',
    "exit": '<path d="M14 4H5v16h9M10 12h11m-4-4 4 4-4 4"/>',
    "phone": '<path d="M7 3h3l1.5 5-2.5 1.5a11 11 0 0 0 5.5 5.5l1.5-2.5 5 1.5v3c0 2-1 3-3 3'
    'C10 20 4 14 4 6c0-2 1-3 3-3z"/>',
}

# One shape for each kind of status, so that colour is never alone.
SHAPES = {
    "todo": '<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/>',
    "waiting": '<circle cx="6" cy="6" r="4.5" fill="none" stroke="currentColor" stroke-width="2"/>'
    '<path d="M6 1.5a4.5 4.5 0 0 1 0 9z" fill="currentColor"/>',
    "going": '<circle cx="6" cy="6" r="5" fill="currentColor"/>',
    "done": '<path d="m1.5 6.5 3 3.5 6-8" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "warn": '<path d="M6 .5 12 11.5H0z" fill="currentColor"/>',
    "stop": '<path d="m2 2 8 8M10 2l-8 8" fill="none" stroke="currentColor" stroke-width="2.2"/>',
    "info": '<rect x="1.5" y="1.5" width="9" height="9" rx="1.5" fill="currentColor"/>',
}


@cache
def icon(name: str) -> SafeString:
    """An icon as inline SVG: no request, takes the colour of its text."""
    return mark_safe(  # noqa: S308  (from the table above only)
        f'<svg class="icon icon-{name}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{ICONS[name]}</svg>'
    )


@cache
def shape(kind: str) -> SafeString:
    return mark_safe(  # noqa: S308  (from the table above only)
        f'<svg viewBox="0 0 12 12" aria-hidden="true" focusable="false">{SHAPES[kind]}</svg>'
    )
