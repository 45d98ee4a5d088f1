class NotNowError(Exception):
    """It cannot be done as things are; the message says why, in words for whoever asked for it."""
