from importlib import import_module

from django.db import migrations

fill_roles = import_module("fasciculations.migrations.0002_moderators").fill_roles


class Migration(migrations.Migration):
    dependencies = [("fasciculations", "0003_desk"), ("causes", "0003_clues")]

    operations = [migrations.RunPython(fill_roles, migrations.RunPython.noop)]
