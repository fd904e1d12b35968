"""Articles and titles of legal texts as each language cites them.

The tables of the law write an article in one neutral form (`art. 30, § 1, 2°`). No
line may break between a sign and its number, nor between a day and its month.
"""

from __future__ import annotations

import re

NBSP = "\u00a0"

_SIGNS = re.compile(
    r"(?<!\w)(art\.|§§?|al\.|chap\.|lid|hoofdstuk|Kapitel|n°|nr\.|No) (?=[\w(])",
    flags=re.IGNORECASE,
)
_DAYS = re.compile(r"(?<!\d)(\d{1,2}(?:er|\.)?) (?=[^\W\d_]+\.? (?:19|20)\d\d)")

_ARTICLE = re.compile(r"^(art\.|chap\.|§)", flags=re.IGNORECASE)
_NUMBER = re.compile(r"^(\d+)°(?:–(\d+)°)?$")
_LETTER = re.compile(r"^[a-z]$")
_PARAGRAPH = re.compile(r"^§ \w")
_BRACKETS = re.compile(r"(?<=\w)\((\d+)\)")


def unbroken(text: str) -> str:
    """The text with no place to break a line after § or before the month of a day.

    >>> unbroken("loi du 5 octobre 2017, art. 2").replace(NBSP, "_")
    'loi du 5_octobre 2017, art._2'
    """
    return _DAYS.sub(rf"\1{NBSP}", _SIGNS.sub(rf"\1{NBSP}", text))


def article(text: str, language: str) -> str:
    """An article of the tables as that language cites it.

    >>> article("art. 30, § 1, 2°; § 4", "de").replace(NBSP, " ")
    'Art. 30 § 1 Nr. 2; § 4'
    >>> article("chap. IX", "nl").replace(NBSP, " ")
    'hoofdstuk IX'
    """
    if not _ARTICLE.match(text):
        return text
    if language == "de":
        text = "; ".join(map(_german, text.split("; ")))
    elif language == "nl":
        text = text.replace("chap. ", "hoofdstuk ").replace("al. ", "lid ")
    said = unbroken(text)
    return said.replace("; ", f"{NBSP}; ") if language == "fr" else said


def _german(text: str) -> str:
    """One article as German writes it: no comma before what divides it.

    >>> _german("art. 2, 7°, a").replace(NBSP, " ")
    'Art. 2 Nr. 7 Buchstabe a'
    >>> _german("art. 37(3)").replace(NBSP, " ")
    'Art. 37 Abs. 3'
    """
    said = ""
    for part in text.split(", "):
        number = _NUMBER.match(part)
        if number:
            until = f"–{number[2]}" if number[2] else ""
            said += f" Nr.{NBSP}{number[1]}{until}"
        elif said and _LETTER.match(part):
            said += f" Buchstabe{NBSP}{part}"
        elif said and _PARAGRAPH.match(part):
            said += f" {part}"
        elif part.startswith("al. "):
            said += f" Abs.{NBSP}{part[4:]}"
        else:
            said += f", {part}" if said else part
    said = _BRACKETS.sub(rf" Abs.{NBSP}\1", said.strip())
    if said.startswith("art. "):
        return f"Art.{NBSP}{said[5:]}"
    return said.replace("chap. ", f"Kapitel{NBSP}")
