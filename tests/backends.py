"""Tasks as tests want them."""

from django_tasks.backends.immediate import ImmediateBackend


class AtOnce(ImmediateBackend):
    """Runs each task when it is queued, one that should wait as well."""

    supports_defer = True
