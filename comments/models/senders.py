from django.db import models


class AddressKey(models.Model):
    """What network addresses are hashed with for a week. Once it is deleted, nobody can tell whose a hash was."""

    week = models.PositiveIntegerField(unique=True)  # since the epoch
    secret = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"Key of week {self.week}"


class Arrival(models.Model):
    """That a text came from somewhere. It outlives the comment, so that erasing does not make room for the next one."""

    address = models.CharField(max_length=64, blank=True)  # keyed hash of the sender's network
    fingerprint = models.CharField(max_length=64)  # the same for texts that differ in case or spacing
    comment = models.UUIDField()
    form_key = models.CharField(max_length=32, blank=True)  # of the form that sent the comment, which is taken once
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["address", "at"], name="arrival_address"),
            models.Index(fields=["fingerprint", "at"], name="arrival_fingerprint"),
            models.Index(fields=["form_key"], name="arrival_form"),
        ]

    def __str__(self) -> str:
        return f"Arrival of {self.at}"


class SentMail(models.Model):
    """That somebody was written to unasked, or would have been, so that nobody can be flooded through our forms."""

    recipient = models.CharField(max_length=64)  # keyed hash of the e-mail address
    sender = models.CharField(max_length=64, blank=True)  # keyed hash of the network that asked for it
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "at"], name="sent_mail_recipient"),
            models.Index(fields=["sender", "at"], name="sent_mail_sender"),
        ]

    def __str__(self) -> str:
        return f"Letter of {self.at}"
