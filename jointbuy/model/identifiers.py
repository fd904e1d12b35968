"""The numbers by which purchases, administrations and places are known.

Each is kept as its compact text; the classes only hold the verbs. A valid number
marked invalid is worse than the reverse: where the rule is not certain, it is let in.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from jointbuy.errors import Refused, say


def _passes(validate: Callable[[str], str], text: str) -> bool:
    try:
        validate(text)
    except Refused:
        return False
    return True


class CpvCode:
    """Common Procurement Vocabulary code: what is bought (code CPV, CPV-code).

    Eight digits and, in print, a check digit. The check digit is dropped and never
    computed: hundreds of official ones do not follow the published formula.

    >>> CpvCode.compact("30197630-1")
    '30197630'
    >>> CpvCode.compact("3111000")
    '03111000'
    >>> CpvCode.format("30197630")
    '30197630'
    >>> CpvCode.is_valid("paper")
    False
    """

    @staticmethod
    def compact(text: str) -> str:
        """The eight digits; zeros lost by a spreadsheet at the left are put back."""
        bare = re.sub(r"^\s*CPV[\s:]*", "", text, flags=re.IGNORECASE)
        bare = re.sub(r"[\s.\u00a0]", "", bare)
        bare = re.sub(r"-\d$", "", bare)
        return bare.zfill(8) if bare.isdigit() and len(bare) == 7 else bare  # noqa: PLR2004

    @staticmethod
    def validate(text: str) -> str:
        """The compact code, or a refusal that says what a code looks like."""
        code = CpvCode.compact(text)
        if not re.fullmatch(r"[0-9]{8}", code) or code.startswith("00"):
            raise Refused(
                say(
                    "“{text}” is not a CPV code: write eight digits, such as 30197630.",
                    text=text,
                )
            )
        return code

    @staticmethod
    def is_valid(text: str) -> bool:
        """Whether the text is a well-formed code."""
        return _passes(CpvCode.validate, text)

    @staticmethod
    def format(code: str) -> str:
        """As printed; the check digit is left to the official list."""
        return code


class EnterpriseNumber:
    """Number in the Belgian enterprise register (numéro BCE, KBO-nummer).

    Ten digits, the first 0 or 1; the last two are 97 minus the rest modulo 97.

    >>> EnterpriseNumber.compact("BE 0123.456.749")
    '0123456749'
    >>> EnterpriseNumber.validate("123.456.749")
    '0123456749'
    >>> EnterpriseNumber.format("0123456749")
    '0123.456.749'
    >>> EnterpriseNumber.is_valid("0123.456.748")
    False
    """

    @staticmethod
    def compact(text: str) -> str:
        """The ten digits; a first zero left out is put back."""
        bare = re.sub(r"[\s.\-/\u00a0]", "", text)
        bare = re.sub(r"^BE", "", bare, flags=re.IGNORECASE)
        return bare.zfill(10) if bare.isdigit() and len(bare) == 9 else bare  # noqa: PLR2004

    @staticmethod
    def validate(text: str) -> str:
        """The compact number, or a refusal that says what is wrong with it."""
        number = EnterpriseNumber.compact(text)
        if not re.fullmatch(r"[01][0-9]{9}", number):
            raise Refused(
                say(
                    "“{text}” is not an enterprise number: write ten digits that begin "
                    "with 0 or 1, such as 0123.456.749.",
                    text=text,
                )
            )
        if 97 - int(number[:8]) % 97 != int(number[8:]):
            raise Refused(
                say(
                    "The enterprise number “{text}” contains a typing error: its last "
                    "two digits do not agree with the others.",
                    text=text,
                )
            )
        return number

    @staticmethod
    def is_valid(text: str) -> bool:
        """Whether the text is an enterprise number with a right control number."""
        return _passes(EnterpriseNumber.validate, text)

    @staticmethod
    def format(number: str) -> str:
        """As printed: 0123.456.749."""
        return f"{number[:4]}.{number[4:7]}.{number[7:]}"


class NutsCode:
    """Code of a territory in the European nomenclature (NUTS).

    Two letters of the country, then up to three letters or digits.

    >>> NutsCode.validate("be 100")
    'BE100'
    >>> NutsCode.is_valid("1000 Brussels")
    False
    >>> NutsCode.format("BE100")
    'BE100'
    """

    @staticmethod
    def compact(text: str) -> str:
        """Capitals, without spaces."""
        return re.sub(r"\s", "", text).upper()

    @staticmethod
    def validate(text: str) -> str:
        """The compact code, or a refusal that says what a code looks like."""
        code = NutsCode.compact(text)
        if not re.fullmatch(r"[A-Z]{2}[0-9A-Z]{0,3}", code):
            raise Refused(
                say(
                    "“{text}” is not a territory code: write for instance BE100 for "
                    "Brussels or BE332 for the district of Liège.",
                    text=text,
                )
            )
        return code

    @staticmethod
    def is_valid(text: str) -> bool:
        """Whether the text is a well-formed territory code."""
        return _passes(NutsCode.validate, text)

    @staticmethod
    def format(code: str) -> str:
        """As printed."""
        return code
