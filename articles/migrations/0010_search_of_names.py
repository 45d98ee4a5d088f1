from importlib import import_module

from django.db import migrations

# On PostgreSQL, weighing takes longer than finding. So titles and names have a short vector of their own, the long one
# stays in its row, and the function that reads both never goes through the whole table, as the planner else would: it
# does not know what unpacking costs. Weights are those of bodies (D), which have none here, names (B) and titles (A).
FUNCTION = """
    CREATE FUNCTION search_candidates(named text, every text, telling text, best integer, weighed integer)
    RETURNS SETOF bigint LANGUAGE sql STABLE SET enable_seqscan = off AS $$
        (SELECT id FROM articles_searchentry, to_tsquery('english', named) AS query
        WHERE names_vector @@ query
        ORDER BY ts_rank('{0.1, 0.1, 0.8, 1}', names_vector, query) DESC, id LIMIT best)
        UNION
        (SELECT id FROM (SELECT id, vector, query FROM articles_searchentry, to_tsquery('english', every) AS query
            WHERE vector @@ query LIMIT weighed) AS found
        ORDER BY ts_rank('{0.1, 0.1, 0.8, 1}', vector, query) DESC, id LIMIT best)
        UNION
        (SELECT id FROM (SELECT id, vector, query FROM articles_searchentry, to_tsquery('english', telling) AS query
            WHERE vector @@ query LIMIT weighed) AS found
        ORDER BY ts_rank('{0.1, 0.1, 0.8, 1}', vector, query) DESC, id LIMIT best)
    $$
"""
CREATE = {
    "sqlite": [],
    "postgresql": [
        "ALTER TABLE articles_searchentry ADD COLUMN names_vector tsvector",
        "ALTER TABLE articles_searchentry ALTER COLUMN vector SET STORAGE MAIN",
        """
        CREATE OR REPLACE FUNCTION index_search_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            NEW.names_vector := setweight(to_tsvector('english', NEW.title_words), 'A')
                || setweight(to_tsvector('english', NEW.names_words), 'B');
            NEW.vector := NEW.names_vector || setweight(to_tsvector('english', NEW.body_words), 'D');
            RETURN NEW; END $$
        """,
        "UPDATE articles_searchentry SET id = id",
        "CREATE INDEX search_entry_names_vector ON articles_searchentry USING gin (names_vector)",
        FUNCTION,
    ],
}
DROP = {
    "sqlite": [],
    "postgresql": [
        "DROP FUNCTION search_candidates",
        """
        CREATE OR REPLACE FUNCTION index_search_entry() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            NEW.vector := setweight(to_tsvector('english', NEW.title_words), 'A')
                || setweight(to_tsvector('english', NEW.names_words), 'B')
                || setweight(to_tsvector('english', NEW.body_words), 'D');
            RETURN NEW; END $$
        """,
        "ALTER TABLE articles_searchentry DROP COLUMN names_vector",
        "ALTER TABLE articles_searchentry ALTER COLUMN vector SET STORAGE EXTERNAL",
    ],
}

run = import_module("articles.migrations.0006_append_only_audit").run


class Migration(migrations.Migration):
    dependencies = [("articles", "0009_link_terms")]

    operations = [migrations.RunPython(run(CREATE), run(DROP))]
