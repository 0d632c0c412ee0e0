from tests.access import Row

ROWS = [
    # Everybody sees their own account; only a young person has data to correct here.
    Row("accounts:profile", everyone=200),
    Row("accounts:profile", methods=["POST"], everyone=403, young=200),
]
