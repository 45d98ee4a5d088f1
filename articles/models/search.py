from uuid import uuid4

from django.db import models

from .pages import Page


class SearchEntry(models.Model):
    """What search knows of one live page, or of another place that readers can go to. `articles.search` writes it.

    The database keeps an index of the words beside this table, with triggers: see the migration.
    """

    page = models.OneToOneField(Page, null=True, on_delete=models.CASCADE, related_name="search_entry")
    path = models.CharField(max_length=250, unique=True)
    kind = models.CharField(max_length=60)  # what readers call it: "Causes"
    title = models.CharField(max_length=200)
    names = models.TextField()  # what else it is called, one name to a line
    body = models.TextField()  # plain text, one block to a line
    terms = models.TextField(default="")  # words that link here from other texts, one to a line
    # The same, folded, which is what is searched.
    title_words = models.TextField()
    names_words = models.TextField()
    body_words = models.TextField()

    def __str__(self) -> str:
        return self.title


class SearchState(models.Model):
    """One row, whose version is another one after every change of an entry: what was learned from them is then old."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField(default=uuid4)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_search_state")]

    def __str__(self) -> str:
        return str(self.version)
