from tests.access import Row

ROWS = [
    # For providers of mail and SMS alone; without a secret in the settings there is no such address.
    Row("communications:delivery", methods=["POST"], everyone=404, anonymous=404),
    Row("communications:delivery", everyone=405, anonymous=405),
]
