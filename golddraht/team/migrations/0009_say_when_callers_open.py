from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('team', '0008_put_up_a_logo'),
    ]

    operations = [
        migrations.AddField(
            model_name='membership',
            name='when_called',
            field=models.CharField(db_default='TALKS', default='TALKS', max_length=5),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('when_called__in', ['RINGS', 'TALKS', 'TOLD'])), name='when_called_is_known'),
        ),
    ]
