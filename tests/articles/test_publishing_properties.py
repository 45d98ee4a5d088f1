"""Whatever editors do: a draft changes nothing for readers, publishing shows exactly the draft, restoring is exact."""

from contextlib import contextmanager

import pytest
from django.db import connection, models, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import drafts, publishing
from articles.freezing import canonical, completed, content_fields, freeze
from articles.models import ArticleAuthor, CalloutSection, HelpCardSection, Page, Revision, TextSection
from causes.models import (
    CauseListSection,
    CauseSymptom,
    Claim,
    ClaimListSection,
    MedicineTableSection,
    SymptomTable,
    SymptomTableColumn,
    SymptomTableSection,
)
from tests import factories

WORDS = st.sampled_from(["", "words", "<p>A paragraph.</p>", "é & <b>", "Zwölf – “quoted”", "two\nlines"])
#: (what, which, value, other value); numbers choose among what is there.
EDITS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "text",
                "heading",
                "title",
                "tags",
                "add",
                "delete",
                "move",
                "claim",
                "cite",
                "author",
                "table",
                "symptom",
                "slug",
            ]
        ),
        st.integers(0, 7),
        WORDS,
        st.integers(0, 7),
    ),
    min_size=1,
    max_size=8,
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["article", "cause"]), EDITS, st.sampled_from(["keep", "publish", "restore", "discard"])),
    min_size=1,
    max_size=4,
)


class World:
    """A small site whose pages are bound to each other in every way that pages can be."""

    def __init__(self):
        self.references = [factories.reference() for _ in range(3)]
        self.authors = [factories.author() for _ in range(3)]
        self.symptoms = [factories.symptom(urgency=urgency) for urgency in ("emergency", "routine", "self_care")]
        self.cause = factories.cause(live=False)
        factories.seen_with(self.cause, self.symptoms[0])
        factories.claim(self.cause, self.references[0])
        self.pages = {"cause": factories.publish(self.cause)}
        self.classes = [factories.medication_class() for _ in range(2)]
        self.table = SymptomTable.objects.create(slug="table", name="Table", caption="Caption")
        SymptomTableColumn.objects.create(table=self.table, cause=self.cause)
        article = factories.article(live=False, tags=["sleep"])
        for ordering, section in enumerate(
            [
                ClaimListSection(page=self.cause),
                CauseListSection(heading="Causes"),
                SymptomTableSection(table=self.table),
                MedicineTableSection(),
                ClaimListSection(heading="Own claims"),
            ]
        ):
            section.parent, section.ordering = article, 100 + ordering
            section.save()
        self.pages["article"] = factories.publish(article)

    def edit(self, page, what, which, words, other):
        """Change rows of `page`, as an editor's form would."""
        getattr(self, f"_{what}")(page, which, words, other)

    def _pick(self, model, owner, page, which):
        rows = list(model.objects.filter(**{owner: page}).order_by("pk"))
        return rows[which % len(rows)] if rows else None

    def _is_article(self, page):
        return page.kind == "articles.article"

    def _title(self, page, which, words, other):
        type(page).objects.filter(pk=page.pk).update(title=words or "Title", standfirst=words or "In short.")

    def _slug(self, page, which, words, other):
        type(page).objects.filter(pk=page.pk).update(slug=f"slug-{which}")

    def _text(self, page, which, words, other):
        if self._is_article(page):
            if section := self._pick(TextSection, "parent", page, which):
                section.body = words
                section.save()
        else:
            type(page).objects.filter(pk=page.pk).update(what_happens=words)

    def _heading(self, page, which, words, other):
        if self._is_article(page) and (section := self._pick(TextSection, "parent", page, which)):
            TextSection.objects.filter(pk=section.pk).update(heading=words)

    def _tags(self, page, which, words, other):
        page.tags.set([f"tag {which}", "Sleep", words or "x"][: other % 4])

    def _add(self, page, which, words, other):
        if self._is_article(page):
            kind = [TextSection, CalloutSection, HelpCardSection][which % 3]
            extra = {"urgency": "urgent"} if kind is HelpCardSection else {}
            kind.objects.create(parent=page, ordering=other, body=words, heading=words, **extra)

    def _delete(self, page, which, words, other):
        parts = {
            "articles.article": [(TextSection, "parent"), (ClaimListSection, "parent"), (Claim, "page")],
            "causes.cause": [(CauseSymptom, "cause"), (Claim, "page")],
        }[page.kind]
        model, owner = parts[which % len(parts)]
        if row := self._pick(model, owner, page, other):
            row.delete()

    def _move(self, page, which, words, other):
        if self._is_article(page) and (section := self._pick(TextSection, "parent", page, which)):
            TextSection.objects.filter(pk=section.pk).update(ordering=other)

    def _tone(self, page, which, words, other):
        TextSection.objects.filter(parent=page).update(tone="new")

    def _claim(self, page, which, words, other):
        claim = Claim.objects.create(page=page, statement=words or "S", evidence="some", position=other)
        claim.references.add(self.references[which % 3])

    def _cite(self, page, which, words, other):
        if claim := self._pick(Claim, "page", page, which):
            claim.references.set({self.references[other % 3], self.references[which % 3]})

    def _author(self, page, which, words, other):
        if self._is_article(page):
            author = self.authors[which % 3]
            ArticleAuthor.objects.update_or_create(article=page, author=author, defaults={"position": other})

    def _table(self, page, which, words, other):
        if self._is_article(page) and (section := self._pick(MedicineTableSection, "parent", page, 0)):
            section.classes.set(self.classes[: which % 3])

    def _symptom(self, page, which, words, other):
        if not self._is_article(page):
            frequency = ["common", "sometimes", "rare"][other % 3]
            CauseSymptom.objects.update_or_create(
                cause=page, symptom=self.symptoms[which % 3], defaults={"frequency": frequency, "position": other}
            )


def public_bytes(world):
    client = Client()
    live = [page.concrete.path for page in Page.objects.filter(live_revision__isnull=False)]
    urls = ["/", "/articles/", "/causes/", *sorted(filter(None, live))]
    return {url: client.get(url).content for url in urls}


@contextmanager
def added_field(model, name):
    """A column more than the model had, as after a migration that adds one; gone again after the block."""
    field = models.CharField(max_length=20, default="as ever")
    connection.check_constraints()  # PostgreSQL alters no table with checks still to be made
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {model._meta.db_table} ADD COLUMN {name} varchar(20) NOT NULL DEFAULT 'as ever'")
    field.contribute_to_class(model, name)
    content_fields.cache_clear()
    try:
        yield
    finally:
        model._meta.local_fields.remove(field)
        model._meta._expire_cache()
        delattr(model, name)
        content_fields.cache_clear()


@pytest.mark.django_db
@settings(max_examples=10)
@given(before=EDITS, after=EDITS)
def test_publications_from_before_a_field_was_added_are_restored_exactly(before, after):
    with transaction.atomic():
        world = World()
        page = world.pages["article"]
        draft(world, page, before)
        publishing.publish(page, by=None)
        with added_field(TextSection, "tone"):
            draft(world, page, [*after, ("add", 0, "words", 9), ("tone", 0, "", 0)])
            publishing.publish(page, by=None)
            assert {row["tone"] for row in freeze(page)["parts"]["articles.textsection"]} >= {"new"}
            restore_each(world, page)
        transaction.set_rollback(True)


@pytest.mark.django_db
@settings(max_examples=25)
@given(steps=STEPS)
def test_drafts_leak_nothing_and_publications_are_exact(steps):
    with transaction.atomic():
        walk(World(), steps)
        transaction.set_rollback(True)


def walk(world, steps):
    for name, edits, then in steps:
        page = world.pages[name]
        before = public_bytes(world)
        wanted = draft(world, page, edits)
        assert public_bytes(world) == before
        if then == "publish":
            assert same(publishing.publish(page, by=None).data, wanted)
            assert same(freeze(page), wanted)
        elif then == "restore":
            restore_each(world, page)
        elif then == "discard":
            drafts.discard_draft(page, by=None)
            assert public_bytes(world) == before
    for page in world.pages.values():
        for revision in Revision.objects.filter(page=page.pk):
            drafts.restore(revision, by=None)
            assert same(publishing.publish(page, by=None).data, revision.data)


def draft(world, page, edits):
    """Save the draft that `edits` make of the present one, and return its state."""
    with drafts.drafting(page):
        for edit in edits:
            world.edit(page, *edit)
        wanted = freeze(page)
    drafts.save_draft(page, wanted, by=None)
    return wanted


def restore_each(world, page):
    """Restore each publication of `page` into its draft: exact, and nothing that readers see."""
    before = public_bytes(world)
    for revision in Revision.objects.filter(page=page.pk):
        drafts.restore(revision, by=None)
        assert public_bytes(world) == before
        with drafts.drafting(page):
            assert same(freeze(page), completed(revision.data))


def same(one, other):
    return canonical(one) == canonical(other)
