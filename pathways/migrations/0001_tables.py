"""All tables of the room in one step: a new database has them in seconds (docs/adr/0019).

The migrations in `replaces` serve only databases that have some of them already.
"""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import migwork.crypto
import pathways.models.friends
import uuid
from django.conf import settings
from django.db import migrations, models


# The database itself refuses to change the list of a closed session without a trace that says why.
CLOSED_LISTS_STAY = """
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
CLOSED_LISTS_CHANGE = """
DROP TRIGGER attendance_closed_list_stays ON pathways_attendance;
DROP FUNCTION pathways_closed_list_stays();
"""


# Whoever holds a session is taken when the session is, also after it was moved: Django has no foreign key of several
# columns.
TRAINERS_FOLLOW = """
ALTER TABLE pathways_sessiontrainer ADD CONSTRAINT session_trainer_times
    FOREIGN KEY (session_id, starts_at, ends_at) REFERENCES pathways_session (id, starts_at, ends_at)
    ON UPDATE CASCADE
"""
TRAINERS_STAY = "ALTER TABLE pathways_sessiontrainer DROP CONSTRAINT session_trainer_times"


class Migration(migrations.Migration):

    replaces = [
        ('pathways', '0001_initial'),
        ('pathways', '0002_session_due'),
        ('pathways', '0003_indexes_in_order'),
        ('pathways', '0004_certificates'),
        ('pathways', '0005_accompanied_paths'),
        ('pathways', '0006_offers'),
        ('pathways', '0007_search_words'),
        ('pathways', '0008_language_of_activity'),
        ('pathways', '0009_stays'),
        ('pathways', '0010_idea_sheets'),
        ('pathways', '0011_what_one_brings'),
        ('pathways', '0012_editorial'),
        ('pathways', '0013_trainers_and_rooms'),
        ('pathways', '0014_changes_of_sessions'),
        ('pathways', '0015_synonyms'),
        ('pathways', '0016_assessments'),
        ('pathways', '0017_what_to_see_to'),
        ('pathways', '0018_friend_links'),
        ('pathways', '0019_situations'),
        ('pathways', '0020_module_paths'),
        ('pathways', '0021_when_it_was_published'),
        ('pathways', '0022_published_before'),
        ('pathways', '0023_headcounts'),
        ('pathways', '0024_attendance_marks'),
        ('pathways', '0025_closed_lists_stay'),
        ('pathways', '0026_suggestions_and_kept_searches'),
        ('pathways', '0027_translations'),
        ('pathways', '0028_applications'),
    ]

    initial = True

    dependencies = [
        ('accounts', '0010_rules_on_protected_data'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ('documents', '0006_withdrawn'),
        ('intake', '0001_tables'),
        ('programme', '0005_lines_that_bear_allowances'),
        ('questionnaires', '0002_drafts_of_forms'),
    ]

    operations = [
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rooms', to='programme.organisation')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('address', models.CharField(blank=True, max_length=130, verbose_name='address')),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('name'), django.db.models.functions.text.Lower('address'), name='room_once', violation_error_message='This room is on your list already.')],
            },
        ),
        migrations.CreateModel(
            name='AccompaniedPath',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='paths', to='intake.participation')),
                ('kind', models.CharField(choices=[('study', 'Back to study'), ('stay', 'Abroad and volunteering'), ('venture', 'A business of one’s own')], max_length=10)),
                ('state', models.CharField(choices=[('choosing', 'Choosing'), ('preparing', 'Getting ready'), ('under_way', 'Under way'), ('ended', 'Ended')], default='choosing', max_length=10)),
                ('state_since', models.DateTimeField()),
                ('companion', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='accompanies', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programme.organisation')),
                ('began_at', models.DateTimeField()),
                ('began_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('outcome', models.CharField(blank=True, choices=[('enrolled', 'Enrolled at a school'), ('not_admitted', 'Asked, and not admitted'), ('stayed', 'Stayed until the end'), ('back_early', 'Came back early'), ('not_selected', 'Asked, and not selected'), ('vat_number', 'Opened a VAT number'), ('company', 'Founded a company'), ('employed', 'Employed instead'), ('dropped', 'Gave it up')], max_length=15)),
                ('outcome_on', models.DateField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, choices=[('money', 'Money'), ('time', 'No time'), ('requirements', 'Papers or requirements that were missing'), ('did_not_work', 'It did not work out'), ('found_work', 'Found work'), ('changed_mind', 'Wants something else now'), ('own', 'Reasons of their own'), ('unreachable', 'Cannot be reached any more')], max_length=15)),
                ('words', migwork.crypto.EncryptedTextField(blank=True)),
            ],
            options={
                'ordering': ['-began_at', 'pk'],
                'indexes': [models.Index(fields=['companion', 'state'], name='path_companion'), models.Index(fields=['kind', 'outcome', 'outcome_on'], name='path_outcome')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'ended'), _negated=True), fields=('participation', 'kind'), name='path_one_open', violation_error_message='Such a path is open already: go on with that one.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', False), ('ended_by__isnull', False), ('outcome_on__isnull', False), ('state', 'ended'), models.Q(('outcome', ''), _negated=True)), models.Q(models.Q(('state', 'ended'), _negated=True), ('ended_at__isnull', True), ('ended_by__isnull', True), ('outcome', ''), ('outcome_on__isnull', True)), _connector='OR'), name='path_ends_with_an_outcome', violation_error_message='A path that has ended says how, and when.'), models.CheckConstraint(condition=models.Q(('outcome', ''), models.Q(('kind', 'study'), ('outcome__in', ('enrolled', 'not_admitted', 'dropped'))), models.Q(('kind', 'stay'), ('outcome__in', ('stayed', 'back_early', 'not_selected', 'dropped'))), models.Q(('kind', 'venture'), ('outcome__in', ('vat_number', 'company', 'employed', 'dropped'))), _connector='OR'), name='path_outcome_of_its_kind', violation_error_message='A path of this kind cannot end like that.'), models.CheckConstraint(condition=models.Q(models.Q(('outcome__in', ('dropped', 'back_early')), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('outcome__in', ('dropped', 'back_early')), _negated=True), ('reason', '')), _connector='OR'), name='path_says_why', violation_error_message='Say why, if it was given up or ended early.'), models.CheckConstraint(condition=models.Q(models.Q(('companion__isnull', True), ('organisation__isnull', True)), models.Q(('companion__isnull', False), ('organisation__isnull', False)), _connector='OR'), name='path_companion_works_somewhere')],
            },
        ),
        migrations.CreateModel(
            name='CatalogueWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=60, unique=True)),
                ('stem', models.CharField(max_length=60)),
            ],
            options={
                'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass('word', name='gin_trgm_ops'), name='catalogue_word_typos'), models.Index(django.contrib.postgres.indexes.OpClass('stem', name='varchar_pattern_ops'), name='catalogue_word_stem')],
            },
        ),
        migrations.CreateModel(
            name='KeptSearch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='kept_searches', to='accounts.youngperson')),
                ('query', models.TextField()),
                ('kept_at', models.DateTimeField()),
                ('ends_on', models.DateField()),
                ('told_until', models.DateTimeField()),
            ],
            options={
                'verbose_name_plural': 'kept searches',
                'ordering': ['kept_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('person', 'query'), name='kept_search_once', violation_error_message='You keep this search already.')],
            },
        ),
        migrations.CreateModel(
            name='ModulePath',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='module_paths', to='programme.edition')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='module_paths', to='programme.organisation')),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('summary', models.CharField(max_length=300, verbose_name='in one sentence')),
                ('goal', models.TextField(verbose_name='where it leads')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Opportunity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=120, unique=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opportunities', to='programme.edition')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opportunities', to='programme.organisation')),
                ('macro_action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='opportunities', to='programme.macroaction')),
                ('family', models.CharField(choices=[('orientation', 'Orientation'), ('study', 'Back to study'), ('soft_skills', 'Soft skills'), ('self_entrepreneurship', 'Start your own business'), ('training', 'Learn a trade'), ('internship', 'Internship'), ('job_shadowing', 'Watch a job being done'), ('abroad', 'Go abroad'), ('volunteering', 'Volunteering and active citizenship')], max_length=25)),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('summary', models.CharField(max_length=300, verbose_name='in one sentence')),
                ('description', models.TextField(verbose_name='what it is')),
                ('for_whom', models.TextField(verbose_name='who it is for')),
                ('what_you_get', models.TextField(verbose_name='what you get')),
                ('what_you_need', models.TextField(blank=True, verbose_name='what you need')),
                ('place', models.CharField(max_length=200, verbose_name='where')),
                ('municipio', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='municipio')),
                ('contact', models.CharField(max_length=200, verbose_name='contact')),
                ('min_age', models.PositiveSmallIntegerField(default=16, verbose_name='from age')),
                ('max_age', models.PositiveSmallIntegerField(default=34, verbose_name='to age')),
                ('language', models.CharField(choices=[('it', 'Italian'), ('en', 'English'), ('fr', 'French'), ('es', 'Spanish'), ('ar', 'Arabic'), ('uk', 'Ukrainian')], default='it', max_length=2, verbose_name='language of the activity')),
                ('situations', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('end_of_school', 'is finishing school, or has just finished it'), ('job_search', 'is looking for a job'), ('change_work', 'wants to change work or trade'), ('change_studies', 'wants to change school or studies'), ('leaving_school', 'is thinking of leaving school'), ('neet', 'neither studies nor works at the moment'), ('newly_arrived', 'is under 18 and came to Italy a short time ago'), ('fewer_opportunities', 'has had fewer chances than others'), ('precarious', 'has work that may end any day'), ('unhappy_at_work', 'has work that is not right for them')], max_length=20), blank=True, default=list, size=None, verbose_name='thought for')),
                ('employment_in', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('employed', 'In work'), ('unemployed', 'Looking for work'), ('inactive', 'Neither working nor looking for work'), ('student', 'Studying'), ('training', 'In training')], max_length=15), blank=True, default=list, size=None, verbose_name='situation')),
                ('min_education', models.CharField(blank=True, choices=[('none', 'No title'), ('lower_secondary', 'Lower secondary school'), ('compulsory', 'First two years of upper secondary school'), ('qualification', 'Vocational qualification (three years)'), ('diploma', 'Upper secondary diploma'), ('ifts', 'IFTS certificate'), ('its', 'ITS diploma'), ('bachelor', "Bachelor's degree"), ('master', "Master's degree"), ('doctorate', 'Doctorate')], max_length=20, verbose_name='at least this title')),
                ('italian_level', models.CharField(blank=True, choices=[('mother', 'Mother tongue'), ('well', 'Well (C1–C2)'), ('enough', 'I get by (B1–B2)'), ('little', 'A little (A1–A2)')], max_length=6, verbose_name='level of Italian')),
                ('wants_plan', models.BooleanField(default=False, verbose_name='only with an agreed plan')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('in_review', 'In review'), ('published', 'Published'), ('expired', 'Expired')], default='draft', max_length=10)),
                ('checked_on', models.DateField(verbose_name='checked on')),
                ('returned_why', models.TextField(blank=True, verbose_name='what to change')),
                ('asked_check_on', models.DateField(blank=True, null=True)),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(editable=False, null=True)),
                ('changed_at', models.DateTimeField(editable=False, null=True)),
                ('search', django.contrib.postgres.search.SearchVectorField(editable=False, null=True)),
                ('next_start_on', models.DateField(editable=False, null=True)),
            ],
            options={
                'verbose_name_plural': 'opportunities',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='opportunity_search'), models.Index(models.OrderBy(models.F('next_start_on'), nulls_last=True), models.F('id'), condition=models.Q(('state', 'published')), name='opportunity_coming'), models.Index(models.OrderBy(models.F('published_at'), descending=True, nulls_last=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('state', 'published')), name='opportunity_newest'), models.Index(condition=models.Q(('state', 'published')), fields=['family', 'next_start_on', 'id'], name='opportunity_family'), models.Index(condition=models.Q(models.Q(('returned_why__gt', ''), ('state', 'draft')), models.Q(('asked_check_on__isnull', False), ('state', 'published')), _connector='OR'), fields=['organisation', 'id'], name='opportunity_to_see_to')],
                'constraints': [models.CheckConstraint(condition=models.Q(('max_age__gte', models.F('min_age'))), name='opportunity_ages_in_order', violation_error_message='The highest age cannot be below the lowest.'), models.CheckConstraint(condition=models.Q(('municipio__isnull', True), ('municipio__range', (1, 9)), _connector='OR'), name='opportunity_municipio_1_to_9', violation_error_message='Milan has nine municipi, from 1 to 9.')],
            },
        ),
        migrations.CreateModel(
            name='SuggestionChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='suggestion_choice', to='accounts.youngperson')),
                ('off', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('plan', 'The steps of your plan'), ('searches', 'The searches you keep'), ('skills', 'What you can do'), ('near', 'Where you live')], max_length=10), blank=True, default=list, size=None)),
                ('changed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='SynonymGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-pk'],
            },
        ),
        migrations.CreateModel(
            name='Trainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='trainers', to='programme.organisation')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
                'constraints': [models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('name'), name='trainer_once', violation_error_message='This name is on your list already.')],
            },
        ),
        migrations.CreateModel(
            name='Run',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='pathways.opportunity')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('enrol_by', models.DateField(verbose_name='enrol by')),
                ('hours', models.DecimalField(decimal_places=1, max_digits=6, verbose_name='hours')),
                ('places', models.PositiveIntegerField(verbose_name='places')),
                ('places_taken', models.PositiveIntegerField(default=0, editable=False)),
                ('offer_hours', models.PositiveSmallIntegerField(default=48, verbose_name='hours to answer an offer')),
                ('state', models.CharField(choices=[('planned', 'Planned'), ('running', 'Under way'), ('completed', 'Completed'), ('cancelled', 'Cancelled')], default='planned', max_length=10)),
                ('planned_at', models.DateTimeField(editable=False, null=True)),
                ('by_application', models.BooleanField(default=False, editable=False)),
                ('paused_at', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['starts_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('places_taken__lte', models.F('places'))), name='run_never_over_capacity', violation_error_message='There is no free place left.'), models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='run_ends_after_start', violation_error_message='The last day cannot be before the first.'), models.CheckConstraint(condition=models.Q(('offer_hours__range', (1, 336))), name='run_offers_end', violation_error_message='An offer stands for an hour at least, for two weeks at most.')],
            },
        ),
        migrations.CreateModel(
            name='IdeaSheet',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('path', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='idea', to='pathways.accompaniedpath')),
                ('title', models.CharField(max_length=150, verbose_name='the idea in one sentence')),
                ('problem', migwork.crypto.EncryptedTextField(blank=True, verbose_name='problem')),
                ('customers', migwork.crypto.EncryptedTextField(blank=True, verbose_name='customers')),
                ('value', migwork.crypto.EncryptedTextField(blank=True, verbose_name='value')),
                ('channels', migwork.crypto.EncryptedTextField(blank=True, verbose_name='channels')),
                ('costs', migwork.crypto.EncryptedTextField(blank=True, verbose_name='costs')),
                ('revenue', migwork.crypto.EncryptedTextField(blank=True, verbose_name='revenue')),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LearntSkill',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='learnt_skills', to='pathways.accompaniedpath')),
                ('skill', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='intake.skill')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['added_at', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('path', 'skill'), name='learnt_skill_once', violation_error_message='This skill is noted already.')],
            },
        ),
        migrations.CreateModel(
            name='Module',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='modules', to='pathways.modulepath')),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='modules', to='pathways.opportunity')),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(fields=('path', 'opportunity'), name='module_once', violation_error_message='This activity is in the path already.'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('path', 'position'), name='module_one_at_each_place', violation_error_message='Another module stands at this place.')],
            },
        ),
        migrations.CreateModel(
            name='FriendLink',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='friend_links', to='accounts.youngperson')),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='friend_links', to='pathways.opportunity')),
                ('token', models.CharField(default=pathways.models.friends.new_token, max_length=20, unique=True)),
                ('made_at', models.DateTimeField()),
                ('helped', models.PositiveIntegerField(default=0)),
                ('lately', models.PositiveIntegerField(default=0)),
                ('lately_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person', 'opportunity'), name='friend_link_once', violation_error_message='You have a link to this activity already.')],
            },
        ),
        migrations.CreateModel(
            name='CertificateRule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opportunity', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='certificate_rule', to='pathways.opportunity')),
                ('least_share', models.PositiveSmallIntegerField(default=70, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100)], verbose_name='least share of the hours')),
                ('needs_test', models.BooleanField(default=False, verbose_name='there is a final test to pass')),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), blank=True, default=list, size=None)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('least_share__range', (1, 100))), name='certificate_rule_share', violation_error_message='The share of the hours is from 1 to 100 per cent.')],
            },
        ),
        migrations.CreateModel(
            name='OpportunityTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opportunity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='pathways.opportunity')),
                ('language', models.CharField(choices=[('it', 'Italian'), ('en', 'English'), ('fr', 'French'), ('es', 'Spanish'), ('ar', 'Arabic'), ('uk', 'Ukrainian')], max_length=2, verbose_name='language')),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('summary', models.CharField(max_length=300, verbose_name='in one sentence')),
                ('for_whom', models.TextField(verbose_name='who it is for')),
                ('what_you_get', models.TextField(verbose_name='what you get')),
                ('description', models.TextField(verbose_name='what it is')),
                ('what_you_need', models.TextField(blank=True, verbose_name='what you need')),
                ('of_text', models.CharField(max_length=32)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['language'],
                'constraints': [models.UniqueConstraint(fields=('opportunity', 'language'), name='translation_once', violation_error_message='There is a translation into this language already. Open it again.'), models.CheckConstraint(condition=models.Q(('language', 'it'), _negated=True), name='translation_not_italian', violation_error_message='Italian is the original: change the activity itself.')],
            },
        ),
        migrations.CreateModel(
            name='PathCheck',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='checks', to='pathways.accompaniedpath')),
                ('due_on', models.DateField()),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answer', models.CharField(blank=True, choices=[('still', 'Still enrolled'), ('elsewhere', 'Studies somewhere else now'), ('finished', 'Has finished'), ('stopped', 'Has stopped')], max_length=10)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'pk'],
                'indexes': [models.Index(condition=models.Q(('answered_at__isnull', True)), fields=['due_on'], name='path_check_due')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('answered_at__isnull', True)), fields=('path',), name='path_check_one_open'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('by__isnull', True)), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='path_check_answer_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='PathTalk',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='talks', to='pathways.accompaniedpath')),
                ('kind', models.CharField(choices=[('talk', 'Talk'), ('together', 'We go there together'), ('before', 'Meeting before departure'), ('during', 'Contact during the stay'), ('after', 'Talk after the return')], max_length=10)),
                ('at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('arranged_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('arranged_at', models.DateTimeField()),
                ('held_at', models.DateTimeField(blank=True, null=True)),
                ('held_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('said', migwork.crypto.EncryptedTextField(blank=True)),
            ],
            options={
                'ordering': ['at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('held_at__isnull', True)), fields=['at'], name='path_talk_coming')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('held_at__isnull', True), ('held_by__isnull', True), ('said', '')), models.Q(('held_at__isnull', False), ('held_by__isnull', False)), _connector='OR'), name='path_talk_is_noted_whole')],
            },
        ),
        migrations.CreateModel(
            name='Stay',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('path', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='stay', to='pathways.accompaniedpath')),
                ('programme', models.CharField(choices=[('esc', 'European Solidarity Corps'), ('erasmus_vet', 'Erasmus+ internship or training abroad'), ('youth_exchange', 'Erasmus+ youth exchange'), ('civil_service', 'Servizio Civile Universale'), ('work_camp', 'Work camp'), ('citizenship', 'Active citizenship in Milan')], max_length=15)),
                ('host', models.CharField(max_length=150, verbose_name='host')),
                ('place', models.CharField(max_length=150, verbose_name='town and country')),
                ('starts_on', models.DateField(verbose_name='first day')),
                ('ends_on', models.DateField(verbose_name='last day')),
                ('contact', migwork.crypto.EncryptedTextField(blank=True, verbose_name='who is there for them')),
                ('insurer', models.CharField(blank=True, max_length=150, verbose_name='insured with')),
                ('policy', migwork.crypto.EncryptedTextField(blank=True, verbose_name='number of the policy')),
                ('insured_until', models.DateField(blank=True, null=True, verbose_name='insured until')),
                ('learnt', migwork.crypto.EncryptedTextField(blank=True)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='stay_days_in_order', violation_error_message='The last day cannot be before the first.'), models.CheckConstraint(condition=models.Q(models.Q(('insured_until__isnull', True), ('insurer', '')), models.Q(models.Q(('insurer', ''), _negated=True), ('insured_until__isnull', False)), _connector='OR'), name='stay_insurance_is_whole', violation_error_message='Write with whom they are insured, and until when.')],
            },
        ),
        migrations.CreateModel(
            name='StudyOption',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='pathways.accompaniedpath')),
                ('route', models.CharField(choices=[('cpia', 'CPIA: school for adults'), ('evening', 'Evening school'), ('iefp', 'IeFP: vocational course'), ('its', 'ITS Academy'), ('university', 'University'), ('italian', 'Italian as a second language'), ('recognition', 'Recognition of a foreign title')], max_length=15)),
                ('school', models.CharField(max_length=150, verbose_name='school or office')),
                ('course', models.CharField(blank=True, max_length=150, verbose_name='course')),
                ('enrol_by', models.DateField(blank=True, null=True, verbose_name='last day to enrol')),
                ('thoughts', migwork.crypto.EncryptedTextField(blank=True, verbose_name='for and against')),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('is_chosen', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ['added_at', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_chosen', True)), fields=('path',), name='study_option_one_chosen', violation_error_message='One of them is chosen already.')],
            },
        ),
        migrations.CreateModel(
            name='Synonym',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='synonyms', to='pathways.synonymgroup')),
                ('words', models.CharField(max_length=60)),
                ('key', models.CharField(max_length=200)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('key',), name='synonym_in_one_group', violation_error_message='A word stands in one group only.')],
            },
        ),
        migrations.CreateModel(
            name='Session',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='pathways.run')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('room', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sessions', to='pathways.room')),
                ('recorded_at', models.DateTimeField(blank=True, help_text='When attendance was recorded.', null=True)),
            ],
            options={
                'ordering': ['starts_at'],
                'indexes': [models.Index(condition=models.Q(('recorded_at__isnull', True)), fields=['starts_at'], name='session_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='session_ends_after_start'), models.UniqueConstraint(fields=('run', 'starts_at'), name='session_once', violation_error_message='These dates have a session that begins at that time already.'), models.UniqueConstraint(fields=('id', 'starts_at', 'ends_at'), name='session_times'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('room__isnull', False)), expressions=[('room', '='), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='session_room_free', violation_error_message='This room is taken at that time. Choose another room, or another time.')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='pathways.run')),
                ('participation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='intake.participation')),
                ('plan_action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='intake.planaction')),
                ('state', models.CharField(choices=[('enrolled', 'Enrolled'), ('waiting', 'On the waiting list'), ('offered', 'A place is offered'), ('withdrawn', 'Withdrawn'), ('completed', 'Completed'), ('not_completed', 'Not completed')], max_length=15)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('offered_until', models.DateTimeField(blank=True, editable=False, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['run', 'state', 'asked_at'], name='enrolment_list'), models.Index(condition=models.Q(('state', 'waiting')), fields=['run'], name='enrolment_waiting'), models.Index(condition=models.Q(('state', 'offered')), fields=['offered_until'], name='enrolment_offered')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('run', 'participation'), name='enrolment_once', violation_error_message='You are already on the list of this activity.'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'offered'), _negated=True), ('offered_until__isnull', False), _connector='OR'), name='enrolment_offers_end', violation_error_message='An offered place has a term.')],
            },
        ),
        migrations.CreateModel(
            name='PathStep',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('path', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='pathways.accompaniedpath')),
                ('talk', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='pathways.pathtalk')),
                ('kind', models.CharField(choices=[('document', 'A document'), ('task', 'Something to do'), ('milestone', 'A milestone')], max_length=10)),
                ('code', models.CharField(blank=True, choices=[('id_card', 'Identity card or passport'), ('tax_code', 'Health card with the codice fiscale'), ('permit', 'Residence permit'), ('last_title', 'Diploma or certificate of the last school'), ('foreign_title', 'Foreign title with translation and declaration of value'), ('isee', 'ISEE of the family, for fees and scholarships'), ('photos', 'Two passport photos'), ('travel_document', 'Passport, or identity card valid for travelling'), ('ehic', 'European health insurance card (on the back of the health card)'), ('agreement', 'Agreement of the stay, signed'), ('parents', 'Consent to travel of who represents you'), ('placement_test', 'Test of Italian, to find the right class'), ('open_day', 'Visit the school, or an open day'), ('admission', 'Sign up for the admission test'), ('ask', 'Ask to be enrolled'), ('apply', 'Send the application'), ('tickets', 'Tickets there and back'), ('customers', 'Talk with five people who might buy'), ('trial', 'Try it out once, small'), ('numbers', 'Reckon costs and revenue of the first year'), ('legal_form', 'Choose the legal form'), ('first_sale', 'First sale')], max_length=20)),
                ('title', models.CharField(blank=True, max_length=150)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('due_on', models.DateField(blank=True, null=True)),
                ('expires_on', models.DateField(blank=True, null=True)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('done_on', models.DateField(blank=True, null=True)),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['position', 'added_at', 'pk'],
                'indexes': [models.Index(condition=models.Q(('done_on__isnull', True)), fields=['due_on'], name='path_step_due'), models.Index(condition=models.Q(('done_on__isnull', False)), fields=['expires_on'], name='path_step_expires')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('code', ''), _negated=True), fields=('path', 'code'), name='path_step_once', violation_error_message='This is on the list already.'), models.CheckConstraint(condition=models.Q(models.Q(('code', ''), models.Q(('title', ''), _negated=True)), models.Q(models.Q(('code', ''), _negated=True), ('title', '')), _connector='OR'), name='path_step_has_one_name', violation_error_message='Write what there is to do.'), models.CheckConstraint(condition=models.Q(('expires_on__isnull', True), ('kind', 'document'), _connector='OR'), name='path_step_documents_expire', violation_error_message='Only a document expires.'), models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', True), ('done_on__isnull', True)), models.Q(('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='path_step_is_ticked_whole')],
            },
        ),
        migrations.CreateModel(
            name='CertificateBatch',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificate_batches', to='pathways.run')),
                ('state', models.CharField(choices=[('queued', 'Being made'), ('done', 'Made'), ('failed', 'Could not be made')], default='queued', max_length=10)),
                ('total', models.PositiveIntegerField()),
                ('done', models.PositiveIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'queued')), fields=('run',), name='certificate_batch_one_at_work', violation_error_message='The certificates of this group are being made already.')],
            },
        ),
        migrations.CreateModel(
            name='SessionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='session_changes', to='pathways.run')),
                ('number', models.BigIntegerField()),
                ('was_starts_at', models.DateTimeField(null=True)),
                ('was_ends_at', models.DateTimeField(null=True)),
                ('was_place', models.CharField(blank=True, max_length=200)),
                ('first_at', models.DateTimeField()),
                ('last_at', models.DateTimeField(db_index=True)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'number'), name='session_change_once', violation_error_message='This change is noted already.'), models.CheckConstraint(condition=models.Q(models.Q(('was_ends_at', None), ('was_starts_at', None)), models.Q(('was_ends_at__isnull', False), ('was_starts_at__isnull', False)), _connector='OR'), name='session_change_was_whole', violation_error_message='A session was from one time until another.')],
            },
        ),
        migrations.CreateModel(
            name='Attendance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='pathways.session')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='pathways.enrolment')),
                ('state', models.CharField(choices=[('present', 'Present'), ('late', 'Late'), ('excused', 'Excused'), ('absent', 'Absent')], max_length=10)),
                ('hours', models.DecimalField(decimal_places=2, max_digits=5)),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('recorded_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['present', 'late'])), fields=['enrolment'], name='attendance_present')],
                'constraints': [models.UniqueConstraint(fields=('session', 'enrolment'), name='attendance_once'), models.CheckConstraint(condition=models.Q(('hours__gte', 0)), name='attendance_hours_not_negative'), models.CheckConstraint(condition=models.Q(('hours', 0), ('state__in', ['present', 'late']), _connector='OR'), name='attendance_hours_of_who_was_there', violation_error_message='Whoever was not there has no hours.')],
            },
        ),
        migrations.CreateModel(
            name='ClosedList',
            fields=[
                ('session', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='closed', serialize=False, to='pathways.session')),
                ('closed_at', models.DateTimeField()),
                ('closed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Certificate',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='certificates', to='pathways.enrolment')),
                ('document', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document')),
                ('code', models.CharField(max_length=10, unique=True)),
                ('state', models.CharField(choices=[('valid', 'Valid'), ('revoked', 'Revoked'), ('replaced', 'Replaced')], default='valid', max_length=10)),
                ('holder', migwork.crypto.EncryptedTextField(blank=True)),
                ('activity', models.CharField(max_length=150)),
                ('issuer', models.CharField(max_length=200)),
                ('began', models.DateField()),
                ('ended', models.DateField()),
                ('hours', models.DecimalField(decimal_places=2, max_digits=6)),
                ('test_passed', models.BooleanField()),
                ('skills', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=150), blank=True, default=list, size=None)),
                ('issued_at', models.DateTimeField()),
                ('issued_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reason', migwork.crypto.EncryptedTextField(blank=True, default='')),
                ('replaces', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='pathways.certificate')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'valid')), fields=('enrolment',), name='certificate_one_valid', violation_error_message='This person has the certificate of this activity already.'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None), ('state', 'valid')), models.Q(models.Q(('state', 'valid'), _negated=True), ('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='certificate_ended_has_its_time', violation_error_message='Say when and by whom the certificate was taken back.')],
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='pathways.enrolment')),
                ('moment', models.CharField(choices=[('entry', 'How I see myself, at the beginning'), ('exit', 'How I see myself, at the end'), ('opinion', 'How the activity was')], max_length=10)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('sheet', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.answersheet')),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('skipped_at', models.DateTimeField(blank=True, null=True)),
                ('counted', models.JSONField(default=dict)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('enrolment', 'moment'), name='assessment_once', violation_error_message='You have these questions already.'), models.CheckConstraint(condition=models.Q(('done_at', None), models.Q(('sheet__isnull', False), ('skipped_at', None)), _connector='OR'), name='assessment_done_has_its_sheet', violation_error_message='Finished questions have their answers.')],
            },
        ),
        migrations.CreateModel(
            name='FinalTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('enrolment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='final_test', to='pathways.enrolment')),
                ('passed', models.BooleanField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Headcount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='headcounts', to='pathways.session')),
                ('group', models.CharField(blank=True, max_length=20, verbose_name='class')),
                ('age', models.CharField(blank=True, choices=[('under_14', 'up to 13'), ('14_15', '14–15'), ('16_17', '16–17'), ('18_24', '18–24'), ('from_25', '25 or older')], max_length=10, verbose_name='age')),
                ('gender', models.CharField(blank=True, choices=[('f', 'Woman'), ('m', 'Man'), ('x', 'Other'), ('', "I'd rather not say")], max_length=1, verbose_name='gender')),
                ('heads', models.PositiveSmallIntegerField(validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='how many')),
                ('counted_at', models.DateTimeField()),
                ('counted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['group', 'age', 'gender', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('session', 'group', 'age', 'gender'), name='headcount_once', violation_error_message='These are counted already.'), models.CheckConstraint(condition=models.Q(('heads__range', (1, 500))), name='headcount_has_heads', violation_error_message='From 1 to 500 at a time.')],
            },
        ),
        migrations.CreateModel(
            name='SessionTrainer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pathways.session')),
                ('trainer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='pathways.trainer')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('session', 'trainer'), name='session_trainer_once', violation_error_message='This trainer holds the session already.'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('trainer', '='), (models.Func('starts_at', 'ends_at', django.contrib.postgres.fields.ranges.RangeBoundary(), function='tstzrange', output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), '&&')], name='session_trainer_free', violation_error_message='This trainer holds another session at that time. Choose another time.')],
            },
        ),
        migrations.CreateModel(
            name='AttendanceMark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('attendance', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='marks', to='pathways.attendance')),
                ('state', models.CharField(choices=[('present', 'Present'), ('late', 'Late'), ('excused', 'Excused'), ('absent', 'Absent')], max_length=10)),
                ('hours', models.DecimalField(decimal_places=2, max_digits=5)),
                ('was_state', models.CharField(blank=True, choices=[('present', 'Present'), ('late', 'Late'), ('excused', 'Excused'), ('absent', 'Absent')], max_length=10)),
                ('was_hours', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('is_late', models.BooleanField(default=False)),
                ('reason', migwork.crypto.EncryptedTextField(blank=True, verbose_name='why')),
                ('key', models.UUIDField(blank=True, null=True, unique=True)),
                ('tapped_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('is_late', False), models.Q(('reason', ''), _negated=True), _connector='OR'), name='attendance_late_marks_say_why', violation_error_message='Say why you change it.'), models.CheckConstraint(condition=models.Q(models.Q(('was_hours', None), ('was_state', '')), models.Q(models.Q(('was_state', ''), _negated=True), ('was_hours__isnull', False)), _connector='OR'), name='attendance_mark_before_is_whole'), models.CheckConstraint(condition=models.Q(models.Q(('key', None), ('tapped_at', None)), models.Q(('key__isnull', False), ('tapped_at__isnull', False)), _connector='OR'), name='attendance_mark_of_phone_is_whole')],
            },
        ),
        migrations.AddField(
            model_name='modulepath',
            name='opportunities',
            field=models.ManyToManyField(related_name='module_paths', through='pathways.Module', to='pathways.opportunity'),
        ),
        migrations.AddField(
            model_name='session',
            name='trainers',
            field=models.ManyToManyField(related_name='sessions', through='pathways.SessionTrainer', to='pathways.trainer'),
        ),
        migrations.RunSQL(TRAINERS_FOLLOW, TRAINERS_STAY),
        migrations.RunSQL(CLOSED_LISTS_STAY, CLOSED_LISTS_CHANGE),
    ]
