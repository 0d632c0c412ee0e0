from tests.access import Row

ROWS = [
    Row("health-live", everyone=200, anonymous=200),
    Row("health-ready", everyone=200, anonymous=200),
    Row("set_language", methods=["POST"], everyone=302, anonymous=302),
    Row("gallery", everyone=200, anonymous=200),
    Row("gallery-job", everyone=200, anonymous=200),
]
