import django.db.models.deletion
import uuid
from importlib import import_module

from django.db import migrations, models

# Both databases keep their index of words by triggers, so that rows are found however they are written. Triggers, and
# PostgreSQL's column, go with their table: a migration that makes SQLite build the table anew has to create them again.
WORDS = ("title_words", "names_words", "body_words")
NEW, OLD = (", ".join(f"{row}.{name}" for name in WORDS) for row in ("new", "old"))
CREATE = {
    "sqlite": [
        f"""
        CREATE VIRTUAL TABLE articles_searchindex USING fts5 ({", ".join(WORDS)},
            content='articles_searchentry', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2')
        """,
        f"""
        CREATE TRIGGER search_entry_added AFTER INSERT ON articles_searchentry BEGIN
            INSERT INTO articles_searchindex (rowid, {", ".join(WORDS)}) VALUES (new.id, {NEW}); END
        """,
        f"""
        CREATE TRIGGER search_entry_deleted AFTER DELETE ON articles_searchentry BEGIN
            INSERT INTO articles_searchindex (articles_searchindex, rowid, {", ".join(WORDS)})
            VALUES ('delete', old.id, {OLD}); END
        """,
        f"""
        CREATE TRIGGER search_entry_changed AFTER UPDATE ON articles_searchentry BEGIN
            INSERT INTO articles_searchindex (articles_searchindex, rowid, {", ".join(WORDS)})
            VALUES ('delete', old.id, {OLD});
            INSERT INTO articles_searchindex (rowid, {", ".join(WORDS)}) VALUES (new.id, {NEW}); END
        """,
    ],
    # A generated column would refuse rows that are copied whole.
    "postgresql": [
        "ALTER TABLE articles_searchentry ADD COLUMN vector tsvector",
        # Ranking reads it of every row that matches, and unpacking would take most of that time.
        "ALTER TABLE articles_searchentry ALTER COLUMN vector SET STORAGE EXTERNAL",
        """
        CREATE FUNCTION index_search_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            NEW.vector := setweight(to_tsvector('english', NEW.title_words), 'A')
                || setweight(to_tsvector('english', NEW.names_words), 'B')
                || setweight(to_tsvector('english', NEW.body_words), 'D');
            RETURN NEW; END $$
        """,
        """
        CREATE TRIGGER search_entry_written BEFORE INSERT OR UPDATE ON articles_searchentry
            FOR EACH ROW EXECUTE FUNCTION index_search_entry()
        """,
        "CREATE INDEX search_entry_vector ON articles_searchentry USING gin (vector)",
    ],
}
DROP = {
    "sqlite": [
        "DROP TRIGGER search_entry_added",
        "DROP TRIGGER search_entry_deleted",
        "DROP TRIGGER search_entry_changed",
        "DROP TABLE articles_searchindex",
    ],
    "postgresql": [
        "DROP TRIGGER search_entry_written ON articles_searchentry",
        "DROP FUNCTION index_search_entry()",
        "ALTER TABLE articles_searchentry DROP COLUMN vector",
    ],
}


run = import_module("articles.migrations.0006_append_only_audit").run


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_audit_of_comments")]

    operations = [
        migrations.CreateModel(
            name="SearchState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.UUIDField(default=uuid.uuid4)),
            ],
            options={"constraints": [models.CheckConstraint(condition=models.Q(("id", 1)), name="there_is_one_search_state")]},
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("path", models.CharField(max_length=250, unique=True)),
                ("kind", models.CharField(max_length=60)),
                ("title", models.CharField(max_length=200)),
                ("names", models.TextField()),
                ("body", models.TextField()),
                ("title_words", models.TextField()),
                ("names_words", models.TextField()),
                ("body_words", models.TextField()),
                (
                    "page",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="search_entry",
                        to="articles.page",
                    ),
                ),
            ],
        ),
        migrations.RunPython(run(CREATE), run(DROP)),
    ]
