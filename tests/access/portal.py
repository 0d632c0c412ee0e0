from tests.access import Row

ROWS = [
    # Whose work has one page begins there.
    # Whoever does one thing alone begins there.
    Row(
        "portal:home",
        everyone=200,
        anonymous=200,
        operator=302,
        coordinator=(200, 302),
        evaluator=(200, 302),
        privacy_officer=302,
    ),
    *(
        Row(f"portal:{name}", everyone=200, anonymous=200)
        for name in ["talk", "about", "privacy", "accessibility", "demo", "mailbox"]
    ),
    Row("portal:sitemap", everyone=200, anonymous=200),
    Row("portal:sitemap-section", lambda world: {"section": "attivita"}, everyone=200, anonymous=200),
    Row("portal:robots", everyone=200, anonymous=200),
    Row("portal:service-worker", everyone=200, anonymous=200),
    Row("portal:offline", everyone=403, young=200, other_young=200),
    Row("portal:field-register", everyone=403, privacy_officer=200),
    Row("portal:demo-sign-in", methods=["POST"], everyone=404, anonymous=404),
]
