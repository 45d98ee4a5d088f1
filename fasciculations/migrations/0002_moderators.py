from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from fasciculations.roles import write_roles


def fill_roles(apps, schema_editor):
    """Django makes permissions once all migrations have run: make those that the roles are of now."""
    for app in installed.get_app_configs():
        create_permissions(app, verbosity=0)
    write_roles()


class Migration(migrations.Migration):
    dependencies = [("fasciculations", "0001_roles"), ("comments", "0001_initial")]

    operations = [migrations.RunPython(fill_roles, migrations.RunPython.noop)]
