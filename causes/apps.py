from importlib import import_module

from django.apps import AppConfig


class CausesConfig(AppConfig):
    name = "causes"

    def ready(self) -> None:
        import_module("causes.check.checks")  # registers itself
