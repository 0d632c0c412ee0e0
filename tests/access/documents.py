from tests.access import Row


def by_link(world):
    return {"token": world.signing_token}


# Who signs has no account: the link is the key, whoever holds it. What it opens before a code is shown is no secret.
ROWS = [
    Row("documents:sign", by_link, everyone=200, anonymous=200),
    Row("documents:sign", by_link, methods=["POST"], everyone=200, anonymous=200),
    Row("documents:sign-code", by_link, methods=["POST"], everyone=200, anonymous=200),
    # Without the code they lead back to the page.
    Row("documents:sign-refuse", by_link, methods=["GET", "POST"], everyone=302, anonymous=302),
    Row("documents:sign-eid", by_link, everyone=302, anonymous=302),
    Row("documents:sign-copy", by_link, everyone=302, anonymous=302),
    Row("documents:sign-again", by_link, methods=["POST"], everyone=302, anonymous=302),
    Row("documents:sign-withdraw", by_link, methods=["POST"], everyone=302, anonymous=302),
    # Another signer of the same request; without the code nothing is sent.
    Row(
        "documents:sign-other",
        lambda world: {"token": world.signing_token, "pk": world.signer.pk},
        methods=["POST"],
        everyone=302,
        anonymous=302,
    ),
    # Whoever has a PDF of the portal checks it here.
    Row("documents:check", methods=["GET", "POST"], everyone=200, anonymous=200),
    # A key that opens nothing.
    Row("documents:sign", lambda world: {"token": "guessed"}, query="?guessed", everyone=404, anonymous=404),
]
