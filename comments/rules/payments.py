"""Numbers that money is paid with: bank accounts and cards, each of which has figures to check the others by."""

import re
from collections.abc import Iterator

_ACCOUNT = re.compile(r"(?<!\w)[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?(?!\w)")
_SHORTEST = 15  # letters and figures: accounts of Norway
_CARD = re.compile(
    r"(?<![\w.,/+-])(?:[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{4}|3[47]\d{2}([ -]?)\d{6}\2\d{5})(?!\w|[.,/-]\d| ?\d{4}[ -]\d)"
)
_PART_ENDS = re.compile(r"(?<=\w)(?=[ -]|$)")


def find_bank_accounts(text: str) -> Iterator[tuple[int, int]]:
    """International numbers of accounts; what else was read behind one is left out."""
    for candidate in _ACCOUNT.finditer(text):
        ends = [part.end() for part in _PART_ENDS.finditer(candidate[0])]
        if end := next((end for end in reversed(ends) if _is_account(candidate[0][:end])), None):
            yield candidate.start(), candidate.start() + end


def find_payment_cards(text: str) -> Iterator[tuple[int, int]]:
    yield from (card.span() for card in _CARD.finditer(text) if _is_card(card[0]))


def _is_account(written: str) -> bool:
    """By ISO 7064, MOD 97-10: the country and the check figures moved to the end, letters read as 10 to 35."""
    account = re.sub(r"[ -]", "", written)
    number = "".join(str(int(sign, 36)) for sign in account[4:] + account[:4])
    return len(account) >= _SHORTEST and int(number) % 97 == 1


def _is_card(written: str) -> bool:
    """By the formula of Luhn, ISO/IEC 7812-1: every second figure from the right doubled, the digits of all summed."""
    figures = [int(figure) for figure in re.sub(r"[ -]", "", written)][::-1]
    return sum(figures[::2] + [sum(divmod(2 * figure, 10)) for figure in figures[1::2]]) % 10 == 0
