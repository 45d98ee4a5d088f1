"""What must not be deleted because a kept state of a page names it: foreign keys guard rows alone."""

from django.apps import apps
from django.db.models import Model, Q, TextField
from django.db.models.functions import Cast

from .freezing import rich_text_fields
from .models import Draft, Reference, Revision, Schedule, SetAside


def is_pinned(obj: Model) -> bool:
    """Whether any kept state of a page names `obj` by its key.

    Keys are UUIDs or reference keys, so finding one in the text is proof enough; this reads every state, which the rare
    deletion can afford.
    """
    key = str(obj.pk)
    if isinstance(obj, Reference) and _is_cited(key):
        return True
    named = Q(text__contains=f'"{key}"') | Q(text__contains=f'#source-{key}\\"')
    return any(
        states.annotate(text=Cast("data", TextField())).filter(named).exclude(data__id=key).exists()
        for states in (Draft.objects.all(), SetAside.objects.all(), Schedule.objects.all(), Revision.objects.all())
    )


def _is_cited(key: str) -> bool:
    """Whether the rich text of any row cites the reference: rows of hidden pages are their drafts."""
    return any(
        model._base_manager.filter(**{f"{name}__contains": f'#source-{key}"'}).exists()
        for model in apps.get_models()
        for name in rich_text_fields(model)
    )
