"""Text as the rules read it: without case, accents and look-alike letters, each letter knowing where it came from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Folded:
    """`origins[i]` is the index, in the text that was folded, of the character that `text[i]` comes from."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that `text[start:end]` was folded from."""
        if start == end:
            return self.origins[start], self.origins[start]
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> Folded:
    folded = [(letter, index) for index, char in enumerate(text) for letter in char.casefold()]
    return Folded("".join(letter for letter, _ in folded), tuple(index for _, index in folded))
