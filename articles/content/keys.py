"""What content/ files call a row, and which row that is."""

import uuid
from typing import Any

from django.db import models

from articles.models import Page


def path_of(model: Any, key: str) -> str:
    """The name of an entry among all entries, for example causes/low-magnesium."""
    return f"{model.content_name}/{key}"


class Keys:
    """Names of rows: what files call a row, and back. One query for each model that is asked about."""

    def __init__(self) -> None:
        self._by_name: dict[Any, dict[str, Any]] = {}
        self._by_pk: dict[Any, dict[str, str]] = {}

    def pk(self, model: Any, name: str) -> Any:
        """Primary key of the row with this name; raises KeyError."""
        self._load(model)
        return self._by_name[model][name]

    def name(self, model: Any, pk: Any) -> str:
        self._load(model)
        return self._by_pk[model][str(pk)]

    def add(self, model: Any, name: str) -> Any:
        """Give a row that is about to be made its primary key: the same in every database."""
        pk = name if _is_named_by_pk(model) else uuid.uuid5(uuid.NAMESPACE_URL, path_of(model, name))
        self._add(model, name, pk)
        if issubclass(model, Page):
            self._load(Page)
            self._add(Page, path_of(model, name), pk)
        return pk

    def _add(self, model: Any, name: str, pk: Any) -> None:
        self._load(model)
        self._by_name[model][name] = pk
        self._by_pk[model][str(pk)] = name

    def _load(self, model: Any) -> None:
        if model in self._by_name:
            return
        self._by_name[model], self._by_pk[model] = {}, {}
        if model is Page:
            for kind in (kind for kind in Page.__subclasses__() if kind.content_name):
                for slug, pk in kind._base_manager.values_list("slug", "pk"):
                    self._add(Page, path_of(kind, slug), pk)
            return
        for name, pk in model._base_manager.values_list("pk" if _is_named_by_pk(model) else "slug", "pk"):
            self._add(model, name, pk)


def _is_named_by_pk(model: Any) -> bool:
    return isinstance(model._meta.pk, models.SlugField)
