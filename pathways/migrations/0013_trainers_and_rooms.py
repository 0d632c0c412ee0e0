import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('pathways', '0012_editorial'),
        ('programme', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('address', models.CharField(blank=True, max_length=130, verbose_name='address')),
                ('is_active', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='programme.organisation')),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('name'), django.db.models.functions.text.Lower('address'), name='room_once', violation_error_message='This room is on your list already.')],
            },
        ),
        migrations.CreateModel(
            name='Trainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('is_active', models.BooleanField(default=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainers', to='programme.organisation')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('name'), name='trainer_once', violation_error_message='This name is on your list already.')],
            },
        ),
        migrations.AddField(
            model_name='session',
            name='room',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='pathways.room'),
        ),
        migrations.AlterConstraint(
            model_name='session',
            name='session_once',
            constraint=models.UniqueConstraint(fields=('run', 'starts_at'), name='session_once', violation_error_message='These dates have a session that begins at that time already.'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=models.UniqueConstraint(fields=('id', 'starts_at', 'ends_at'), name='session_times'),
        ),
        migrations.AddConstraint(
            model_name='session',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('room__isnull', False)), expressions=[('room', '='), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='session_room_free', violation_error_message='This room is taken at that time. Choose another room, or another time.'),
        ),
        migrations.CreateModel(
            name='SessionTrainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pathways.session')),
                ('trainer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pathways.trainer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'trainer'), name='session_trainer_once', violation_error_message='This trainer holds the session already.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('trainer', '='), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='session_trainer_free', violation_error_message='This trainer holds another session at that time. Choose another time.')],
            },
        ),
        migrations.AddField(
            model_name='session',
            name='trainers',
            field=models.ManyToManyField(related_name='sessions', through='pathways.SessionTrainer', to='pathways.trainer'),
        ),
        # Whoever holds a session is taken when the session is, also after it was moved: Django has no foreign key of
        # several columns.
        migrations.RunSQL(
            'ALTER TABLE pathways_sessiontrainer ADD CONSTRAINT session_trainer_times'
            ' FOREIGN KEY (session_id, starts_at, ends_at) REFERENCES pathways_session (id, starts_at, ends_at)'
            ' ON UPDATE CASCADE',
            'ALTER TABLE pathways_sessiontrainer DROP CONSTRAINT session_trainer_times',
        ),
    ]
