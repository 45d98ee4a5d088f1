class ContentError(Exception):
    """Content that cannot be loaded; every line says which file, which field and what is wrong."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = list(lines)
