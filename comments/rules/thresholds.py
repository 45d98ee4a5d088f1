"""How many points it takes."""

HOLD_AT = 3  # of one lane: a comment stands in it
SPAM_AT = 10  # of the lanes for spam and selling together: a comment is taken for spam
