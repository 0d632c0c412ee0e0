"""How long data are kept: rules, runs and warnings."""

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0005_seals'),
    ]

    operations = [
        migrations.CreateModel(
            name='RetentionRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(max_length=40, unique=True, verbose_name='code')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('months', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1)], verbose_name='months')),
                ('starts', models.CharField(choices=[('last_contact', 'The last contact, nothing else having followed'), ('final_payment', 'The final payment of the edition'), ('written', 'The day it was written')], max_length=20, verbose_name='counted from')),
                ('warning_days', models.PositiveSmallIntegerField(default=30, verbose_name='days of warning')),
                ('legal_basis', models.TextField(verbose_name='legal basis')),
                ('valid_from', models.DateField(verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid to')),
            ],
            options={
                'verbose_name': 'retention rule',
                'verbose_name_plural': 'retention rules',
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='RetentionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('dry_run', models.BooleanField()),
                ('counts', models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name='Warned',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.UUIDField()),
                ('due_on', models.DateField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('months__gte', 1)), name='retention_rule_has_months', violation_error_message='Data are kept for one month at least.'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('warning_days__lt', django.db.models.expressions.CombinedExpression(models.F('months'), '*', models.Value(28)))), name='retention_rule_warns_within_its_term', violation_error_message='The warning cannot come before the term has begun.'),
        ),
        migrations.AddConstraint(
            model_name='retentionrule',
            constraint=models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='retention_rule_ends_after_it_begins', violation_error_message='The rule cannot end before it begins.'),
        ),
        migrations.AddField(
            model_name='retentionrun',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='privacy.retentionrule'),
        ),
        migrations.AddField(
            model_name='warned',
            name='rule',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='warnings', to='privacy.retentionrule'),
        ),
        migrations.AddIndex(
            model_name='retentionrun',
            index=models.Index(fields=['rule', '-at'], name='retention_run_newest'),
        ),
        migrations.AddConstraint(
            model_name='warned',
            constraint=models.UniqueConstraint(fields=('about', 'rule', 'due_on'), name='warned_once', violation_error_message='This person was warned of this day already.'),
        ),
    ]
