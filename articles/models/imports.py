from django.db import models


class ContentRecord(models.Model):
    """What the last import made of an entry or a picture, so that the next one can tell what editors changed since."""

    path = models.CharField(primary_key=True, max_length=200)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.path
