from django.db import models


class Lane(models.TextChoices):
    """Why a comment waits for a moderator, the most pressing first: it stands in the first lane that was asked for."""

    CRISIS = "crisis", "Crisis"
    PERSONAL_DATA = "personal_data", "Personal data"
    SELLING = "selling", "Selling"
    ADVICE = "advice", "Advice"
    MISINFORMATION = "misinformation", "Misinformation"
    SPAM = "spam", "Spam"
    NEW = "new", "New"
