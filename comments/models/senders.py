from django.db import models


class AddressKey(models.Model):
    """What network addresses were hashed with for some days. Without it nobody can tell whose a hash was."""

    secret = models.BinaryField(max_length=32)
    since = models.DateTimeField()

    class Meta:
        ordering = ["-since"]

    def __str__(self) -> str:
        return f"Key since {self.since}"


class SentMail(models.Model):
    """That somebody was written to unasked, so that nobody can be flooded through our forms."""

    recipient = models.CharField(max_length=64)  # keyed hash
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["recipient", "at"], name="sent_mail_recipient")]

    def __str__(self) -> str:
        return f"Letter of {self.at}"
