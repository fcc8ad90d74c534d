from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plumbing", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="tenant",
            name="demo_left",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="tenant",
            name="demo_whole",
            field=models.PositiveIntegerField(default=0),
        ),
    ]
