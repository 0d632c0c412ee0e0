"""The database itself refuses to change or remove an event, whoever asks."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION privacy_refuse_event_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Events are never changed or removed.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER event_is_never_changed BEFORE UPDATE OR DELETE ON privacy_event
    FOR EACH ROW EXECUTE FUNCTION privacy_refuse_event_change();
"""
BACKWARD = """
DROP TRIGGER event_is_never_changed ON privacy_event;
DROP FUNCTION privacy_refuse_event_change();
"""


class Migration(migrations.Migration):
    dependencies = [("privacy", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
