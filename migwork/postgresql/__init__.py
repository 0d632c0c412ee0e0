"""Django's PostgreSQL, but for one question that it asks before each request."""
