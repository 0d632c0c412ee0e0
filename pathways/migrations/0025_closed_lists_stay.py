"""The database itself refuses to change the list of a closed session without a trace that says why."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION pathways_closed_list_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM pathways_closedlist
        WHERE session_id = NEW.session_id AND closed_at < NEW.recorded_at
    ) AND NOT EXISTS (
        SELECT FROM pathways_attendancemark
        WHERE attendance_id = NEW.id AND is_late AND at = NEW.recorded_at
    ) THEN
        RAISE EXCEPTION 'The list of this session is closed: it changes only with a reason.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'attendance_closed_list_stays';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER attendance_closed_list_stays
    AFTER INSERT OR UPDATE OF state, hours, recorded_at ON pathways_attendance
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION pathways_closed_list_stays();
"""
BACKWARD = """
DROP TRIGGER attendance_closed_list_stays ON pathways_attendance;
DROP FUNCTION pathways_closed_list_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("pathways", "0024_attendance_marks")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
