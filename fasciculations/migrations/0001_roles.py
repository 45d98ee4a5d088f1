from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from fasciculations.roles import ROLES, write_roles


def create_roles(apps, schema_editor):
    """Django makes permissions once all migrations have run: make those that the roles are of now."""
    for app in installed.get_app_configs():
        create_permissions(app, verbosity=0)
    write_roles()


def delete_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_append_only_audit"),
        ("causes", "0002_help_lists_and_figures"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_roles, delete_roles)]
