from django.db import models


class Lane(models.TextChoices):
    """Why a comment waits for a moderator, the most pressing first: it stands in the first lane that was asked for."""

    CRISIS = "crisis", "Crisis"
    REPORTED = "reported", "Reported"
    PERSONAL_DATA = "personal_data", "Personal data"
    SELLING = "selling", "Selling"
    ADVICE = "advice", "Advice"
    MISINFORMATION = "misinformation", "Misinformation"
    SPAM = "spam", "Spam-like"
    NEW = "new", "New"


#: What is in these, enough of it, is taken for spam.
SPAM_LANES = (Lane.SELLING, Lane.SPAM)


def most_pressing(*lanes: str) -> Lane:
    """The first of these in the order of lanes."""
    return min(map(Lane, lanes), key=list(Lane).index)
