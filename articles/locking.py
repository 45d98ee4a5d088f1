"""Turns at a page: whoever changes one locks it first."""

from typing import Any

from django.apps import apps

from .models import Page


def lock(page: Page) -> Any:
    """The page as an instance of its own kind, locked until the transaction ends: always by its row among all pages."""
    Page.objects.select_for_update().get(pk=page.pk)
    return apps.get_model(page.kind)._base_manager.get(pk=page.pk)


def lock_all() -> None:
    """Let nobody else change a page until the transaction ends; comments below it can be written meanwhile.

    Who is going to change many pages locks them at once, before anything else: one by one, two who each wait for what
    the other holds would wait forever.
    """
    list(Page.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
