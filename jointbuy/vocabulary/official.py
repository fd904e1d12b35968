"""The official list of codes: read from what the European Union publishes, kept small.

The list is not part of this package; an administration installs the file it fetched.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import tempfile
from functools import cached_property
from typing import TYPE_CHECKING, NoReturn
from xml.etree import ElementTree as ET
from xml.parsers import expat
from zlib import crc32

from jointbuy.errors import Message, Refused, StoreError, say
from jointbuy.vocabulary import cpv, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from jointbuy.vocabulary.retrieval import Index

FILE = "cpv.json"
INDEX = "cpv-index.npz"
_FORMAT = "jointbuy-cpv-1"
_LARGEST = 100_000_000
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMES = {
    "fr": "fr fra fre french francais",
    "nl": "nl nld dut dutch nederlands",
    "de": "de deu ger german deutsch",
    "en": "en eng english anglais",
}
_LANGUAGE = {
    spelt: language for language, all_ in _NAMES.items() for spelt in all_.split()
}
_DIGIT_HEADINGS = {"checkdigit", "check", "controlecijfer", "prufziffer"}
_CODE_HEADINGS = {"code", "cpv", "cpvcode", "codecpv", "key", "cpvcodes", "id"}

Rows = dict[str, dict[str, str]]


class CpvList:
    """The installed official codes with their labels."""

    def __init__(
        self,
        labels: Rows,
        digits: dict[str, str] | None = None,
        *,
        kept: tuple[Path, int] | None = None,
    ) -> None:
        """`kept` is the folder the list is installed in and its checksum."""
        self._labels = labels
        self._digits = digits or {}
        self._kept = kept

    def __contains__(self, code: object) -> bool:
        return code in self._labels

    def __len__(self) -> int:
        return len(self._labels)

    def __iter__(self) -> Iterator[str]:
        return iter(self._labels)

    def label(self, code: str, language: str = "en") -> str:
        """The official wording in that language, else in another one, else ""."""
        own = self._labels.get(code, {})
        return own.get(language) or own.get("en") or next(iter(own.values()), "")

    def labels(self, code: str) -> dict[str, str]:
        """The official wording in each language that has one."""
        return dict(self._labels.get(code, {}))

    def digit(self, code: str) -> str:
        """The check digit as the list writes it, "" where it does not.

        It is looked up and never calculated: 532 codes of the list break the formula.
        """
        return self._digits.get(code, "")

    @cached_property
    def index(self) -> Index:
        """What texts are compared with; made anew where it was not kept with the list.

        Loads numpy.
        """
        from jointbuy.vocabulary import retrieval

        if self._kept is None:
            return retrieval.Index(retrieval.build(self._labels))
        folder, checksum = self._kept
        file = folder / INDEX
        arrays = None
        with contextlib.suppress(OSError):
            arrays = retrieval.unpack(file.read_bytes(), checksum)
        if arrays is None:
            arrays = retrieval.build(self._labels)
            with contextlib.suppress(OSError):
                _replace(file, retrieval.pack(arrays, checksum))
        return retrieval.Index(arrays)


def installed(folder: Path) -> CpvList | None:
    """The list installed in that folder, or None.

    Raises:
        StoreError: the installed file can no longer be read.
    """
    file = folder / FILE
    try:
        raw = file.read_bytes()
        kept = json.loads(raw)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreError(_spoilt(file)) from error
    if not isinstance(kept, dict) or kept.get("format") != _FORMAT:
        raise StoreError(_spoilt(file))
    return CpvList(kept["codes"], kept.get("digits"), kept=(folder, crc32(raw)))


def _spoilt(file: Path) -> Message:
    return say(
        "The installed list of codes {file} cannot be read; install it again.",
        file=str(file),
    )


def install(source: Path, target: Path) -> int:
    """Reads an official list and keeps it in the folder `target`; how many codes.

    Takes genericode (.gc), the XML of the Publications Office, and CSV or TSV with a
    heading line. Check digits are kept as they are written. Nothing is
    overwritten unless the whole file was read.

    Raises:
        Refused: the file is not a list of codes.
        StoreError: the folder cannot be written.
    """
    labels, digits = read(source)
    kept = {
        "format": _FORMAT,
        "codes": dict(sorted(labels.items())),
        "digits": dict(sorted(digits.items())),
    }
    raw = json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()
    try:
        target.mkdir(parents=True, exist_ok=True)
        _replace(target / FILE, raw)
    except OSError as error:
        raise StoreError(
            say("The folder {folder} cannot be written.", folder=str(target))
        ) from error
    CpvList(labels, digits, kept=(target, crc32(raw))).index  # noqa: B018  # is kept
    return len(labels)


def _replace(file: Path, raw: bytes) -> None:
    """Writes a file as a whole or leaves the old one.

    Raises:
        OSError: the folder cannot be written.
    """
    new = ""
    try:
        with tempfile.NamedTemporaryFile(
            dir=file.parent, suffix=".part", delete=False
        ) as part:
            new = part.name
            part.write(raw)
        os.replace(new, file)  # noqa: PTH105  # the name is plain text here
    except OSError:
        if new:
            with contextlib.suppress(OSError):
                os.unlink(new)  # noqa: PTH108
        raise


def read(source: Path) -> tuple[Rows, dict[str, str]]:
    """The codes of an official list with their labels and their check digits.

    Labels by code and language; a digit only where the list writes one.

    Raises:
        Refused: the file cannot be read, or holds no code with a label.
    """
    try:
        if source.stat().st_size > _LARGEST:
            _refuse(source, say("it is far larger than the official list"))
        raw = source.read_bytes()
    except OSError as error:
        raise Refused(
            say("The file {file} cannot be opened.", file=str(source))
        ) from error
    if raw.startswith(b"PK"):
        raise Refused(
            say(
                "{file} is a spreadsheet or an archive; save the list as CSV, or "
                "install the .gc or .xml file inside it.",
                file=source.name,
            )
        )
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        rows = _from_xml(source, raw)
    else:
        rows = _from_table(source, _decoded(raw))
    found: Rows = {}
    digits: dict[str, str] = {}
    for code, language, label in rows:
        short = cpv.bare(code)
        if short and label.strip():
            found.setdefault(short, {})[language] = label.strip()
            digit = code.strip()[cpv.DIGITS :].strip(" -")
            if len(digit) == 1 and digit.isdigit():
                digits[short] = digit
    if not found:
        _refuse(source, say("no line has an eight-digit code and a label"))
    return found, digits


def _refuse(source: Path, why: Message) -> NoReturn:
    raise Refused(
        say(
            "{file} is not an official list of codes: {why}. Give the CPV list as "
            "genericode, XML or CSV.",
            file=source.name,
            why=why,
        )
    )


# -- tables ----------------------------------------------------------------------------


def _decoded(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raw.decode("utf-16", errors="replace")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def _from_table(source: Path, text: str) -> Iterator[tuple[str, str, str]]:
    above, mark, code, digit, languages = _heading(source, text)
    table = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    try:
        for number, row in enumerate(table):
            if number < above or len(row) <= code:
                continue
            beside = (
                row[digit].strip() if digit is not None and len(row) > digit else ""
            )
            whole = f"{row[code]}-{beside}" if beside else row[code]
            for place, language in languages.items():
                if place < len(row):
                    yield whole, language, row[place]
    except csv.Error:
        _refuse(source, say("its lines are not a table"))


def _heading(
    source: Path, text: str
) -> tuple[int, str, int, int | None, dict[int, str]]:
    """Lines up to and with the heading, what parts the columns, and which is which."""
    for number, line in enumerate(text[:20_000].splitlines()[:10]):
        mark = max("\t;,|", key=line.count)
        headings = next(csv.reader([line], delimiter=mark), [])
        code, digit, languages = _columns(headings)
        if code is not None and languages:
            return number + 1, mark, code, digit, languages
    _refuse(source, say("no heading line names a code column and a language"))


def _columns(
    headings: list[str],
) -> tuple[int | None, int | None, dict[int, str]]:
    """Where the code stands, its check digit if apart, and each language."""
    code = digit = None
    languages: dict[int, str] = {}
    for place, heading in enumerate(headings):
        plain = words.plain(heading)
        if code is None and re.sub(r"[^a-z]", "", plain) in _CODE_HEADINGS:
            code = place
            continue
        if re.sub(r"[^a-z]", "", plain) in _DIGIT_HEADINGS:
            digit = place
            continue
        language = _language(plain)
        if language and language not in languages.values():
            languages[place] = language
    return code, digit, languages


def _language(heading: str) -> str:
    for spelt in re.findall(r"[a-z]+", heading):
        if spelt in _LANGUAGE:
            return _LANGUAGE[spelt]
    return ""


# -- XML -------------------------------------------------------------------------------


class _Declared(Exception):
    """The file declares a document type."""


def _from_xml(source: Path, raw: bytes) -> Iterable[tuple[str, str, str]]:
    _forbid_declarations(source, raw)
    try:
        root = ET.fromstring(raw)  # noqa: S314  # declarations were refused above
    except (ET.ParseError, LookupError, ValueError):
        _refuse(source, say("it is not well-formed XML"))
    return [*_genericode(root), *_texts(root)]


def _forbid_declarations(source: Path, raw: bytes) -> None:
    """Refuses a document type, and with it every entity it could declare."""

    def declared(*_: object) -> None:
        raise _Declared

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(raw, True)
    except _Declared:
        raise Refused(
            say(
                "{file} declares a document type (DTD), which official lists do not; "
                "it is not read.",
                file=source.name,
            )
        ) from None
    except (expat.ExpatError, LookupError, ValueError):
        _refuse(source, say("it is not well-formed XML"))


def _local(tag: object) -> str:
    return str(tag).rsplit("}", 1)[-1].lower()


def _genericode(root: ET.Element) -> Iterator[tuple[str, str, str]]:
    """The rows of a SimpleCodeList; a column is known by its reference."""
    names = {
        column.get("Id", ""): " ".join(
            (child.text or "") for child in column if _local(child.tag) == "shortname"
        )
        for column in root.iter()
        if _local(column.tag) == "column"
    }
    for row in (element for element in root.iter() if _local(element.tag) == "row"):
        code, labels = "", []
        for value in row:
            ref = value.get("ColumnRef", "")
            for simple in value:
                written = (simple.text or "").strip()
                tag = re.sub(r"[^a-z]", "", words.plain(ref))
                if not code and tag in _CODE_HEADINGS and cpv.bare(written):
                    code = written
                    continue
                language = _LANGUAGE.get((simple.get(_XML) or "").lower()[:3], "")
                heading = words.plain(f"{ref} {names.get(ref, '')}").replace("_", " ")
                language = language or _language(heading)
                if language:
                    labels.append((language, written))
        for language, label in labels:
            yield code, language, label


def _texts(root: ET.Element) -> Iterator[tuple[str, str, str]]:
    """<CPV CODE="…"><TEXT LANG="FR">…</TEXT></CPV>."""
    for element in root.iter():
        code = element.get("CODE") or element.get("code") or ""
        if not cpv.bare(code):
            continue
        for child in element:
            spelt = (child.get("LANG") or child.get("lang") or "").lower()
            if spelt in _LANGUAGE:
                yield code, _LANGUAGE[spelt], child.text or ""
