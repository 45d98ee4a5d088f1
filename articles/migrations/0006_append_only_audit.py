from django.db import migrations

# Triggers go with their table: a migration that makes SQLite build the table anew has to create them again.
CREATE = {
    "sqlite": [
        f"""
        CREATE TRIGGER audit_refuses_{event} BEFORE {event} ON articles_auditentry
            BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
        """
        for event in ("update", "delete")
    ],
    "postgresql": [
        """
        CREATE FUNCTION refuse_change_of_audit() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE 'the audit is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
        """,
        """
        CREATE TRIGGER audit_refuses_update_and_delete BEFORE UPDATE OR DELETE ON articles_auditentry
            FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit()
        """,
    ],
}
DROP = {
    "sqlite": ["DROP TRIGGER audit_refuses_update", "DROP TRIGGER audit_refuses_delete"],
    "postgresql": [
        "DROP TRIGGER audit_refuses_update_and_delete ON articles_auditentry",
        "DROP FUNCTION refuse_change_of_audit()",
    ],
}


def run(statements):
    def execute(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return execute


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_newsroom")]

    operations = [migrations.RunPython(run(CREATE), run(DROP))]
