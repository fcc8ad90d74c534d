from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0005_know_whom_answers_reach'),
    ]

    operations = [
        migrations.AddField(
            model_name='move',
            name='target_status_before',
            field=models.CharField(default='', max_length=10),
        ),
        migrations.AddField(
            model_name='move',
            name='target_solved_before',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='move',
            name='target_quiet_before',
            field=models.CharField(default='', max_length=40),
        ),
    ]
