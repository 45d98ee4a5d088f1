from django.db import migrations

NAMES = ["Writer", "Editor", "Chief editor", "Clinical reviewer", "Moderator"]


def create_roles(apps, schema_editor):
    """What each may do is said by the latest migration of this app: it is written by today's code."""
    for name in NAMES:
        apps.get_model("auth", "Group").objects.get_or_create(name=name)


def delete_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=NAMES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0006_append_only_audit"),
        ("causes", "0002_help_lists_and_figures"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_roles, delete_roles)]
