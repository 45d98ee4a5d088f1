from importlib import import_module

from django.db import migrations

# A publication stays as it is, but for who published it: people may be deleted, and it forgets them then.
# Triggers go with their table: a migration that makes SQLite build the table anew has to create them again.
REFUSED = {
    "delete": "BEFORE DELETE ON articles_revision FOR EACH ROW",
    "update": """
        BEFORE UPDATE OF id, page_id, number, data, note, is_substantial, changes, at ON articles_revision FOR EACH ROW
        """,
    "other_publisher": "BEFORE UPDATE OF by_id ON articles_revision FOR EACH ROW WHEN (new.by_id IS NOT NULL)",
}
CREATE = {
    "sqlite": [
        f"CREATE TRIGGER revision_refuses_{name} {event} BEGIN SELECT RAISE(ABORT, 'a publication is a record'); END"
        for name, event in REFUSED.items()
    ],
    "postgresql": [
        """
        CREATE FUNCTION refuse_change_of_revision() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE 'a publication is a record' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        *(
            f"CREATE TRIGGER revision_refuses_{name} {event} EXECUTE FUNCTION refuse_change_of_revision()"
            for name, event in REFUSED.items()
        ),
    ],
}
DROP = {
    "sqlite": [f"DROP TRIGGER revision_refuses_{name}" for name in REFUSED],
    "postgresql": [
        *(f"DROP TRIGGER revision_refuses_{name} ON articles_revision" for name in REFUSED),
        "DROP FUNCTION refuse_change_of_revision()",
    ],
}

run = import_module("articles.migrations.0006_append_only_audit").run


class Migration(migrations.Migration):
    dependencies = [("articles", "0010_search_of_names")]

    operations = [migrations.RunPython(run(CREATE), run(DROP))]
