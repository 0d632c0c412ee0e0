"""The chain of seals, which the database itself keeps from being changed."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
CREATE FUNCTION privacy_refuse_seal_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'Seals are never changed or removed.' USING ERRCODE = 'restrict_violation';
END
$$;
CREATE TRIGGER seal_is_never_changed BEFORE UPDATE OR DELETE ON privacy_seal
    FOR EACH ROW EXECUTE FUNCTION privacy_refuse_seal_change();
CREATE TRIGGER sealed_event_is_never_changed BEFORE UPDATE OR DELETE ON privacy_sealedevent
    FOR EACH ROW EXECUTE FUNCTION privacy_refuse_seal_change();
"""
BACKWARD = """
DROP TRIGGER sealed_event_is_never_changed ON privacy_sealedevent;
DROP TRIGGER seal_is_never_changed ON privacy_seal;
DROP FUNCTION privacy_refuse_seal_change();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0004_event_columns'),
    ]

    operations = [
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('previous', models.CharField(max_length=64, unique=True)),
                ('hash', models.CharField(max_length=64, unique=True)),
                ('count', models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='SealedEvent',
            fields=[
                ('event_id', models.BigIntegerField(primary_key=True, serialize=False)),
            ],
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('count__gt', 0)), name='seal_holds_events', violation_error_message='A seal without events seals nothing.'),
        ),
        migrations.AddConstraint(
            model_name='seal',
            constraint=models.CheckConstraint(condition=models.Q(('previous', models.F('hash')), _negated=True), name='seal_follows_another', violation_error_message='A seal cannot follow itself.'),
        ),
        migrations.AddField(
            model_name='sealedevent',
            name='seal',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='privacy.seal'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
