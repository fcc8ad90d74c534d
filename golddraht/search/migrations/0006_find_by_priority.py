"""How urgent a concern is narrows what is found, as its status does."""

import importlib

from django.db import migrations

BEFORE = importlib.import_module("golddraht.search.migrations.0005_find_people_among_people").FIND
OWNERS = "    IF told ? 'owners' THEN\n"
FIND = BEFORE.replace(
    OWNERS,
    """    IF told ? 'priorities' THEN
        concern := concern || ' AND c.priority = ANY (ARRAY(SELECT jsonb_array_elements_text($3 -> ''priorities'')))';
    END IF;
"""
    + OWNERS,
)


class Migration(migrations.Migration):

    dependencies = [("search", "0005_find_people_among_people")]

    operations = [migrations.RunSQL(FIND, BEFORE)]
