from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("plumbing", "0006_name_clients_in_the_trail")]

    operations = [
        migrations.AddField(
            model_name="tenant",
            name="offers_cancelling",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="tenant",
            name="offers_withdrawing",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
