from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0004_look_through_the_trail")]

    operations = [
        migrations.AddField(
            model_name="tenant",
            name="second_factor_from",
            field=models.DateTimeField(null=True),
        ),
    ]
