"""Any model value to plain JSON and back; a thin layer on msgspec.

The one file that knows how values are written. A field at its default is left out.
What msgspec would let pass is refused here: fields it does not know, NaN and infinity,
nesting without end.
"""

from __future__ import annotations

import dataclasses
import functools
import math
import re
import types
import typing
from datetime import date
from decimal import Decimal
from enum import Enum

import msgspec

from jointbuy.errors import BadRecord

T = typing.TypeVar("T")

Plain = dict[str, "Plain"] | list["Plain"] | str | int | float | bool | None
"""What JSON can hold."""


def to_plain(value: object) -> Plain:
    """The value as plain JSON data; decimals and days become text, enums their name."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, Enum):
        return value.name
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise BadRecord("", "a number must be finite")
        return str(value)
    if isinstance(value, float):
        _refuse_non_finite(value, "")
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        plain: dict[str, Plain] = {}
        for name, default in _defaults(type(value)):
            item = getattr(value, name)
            if item != default or type(item) is not type(default):
                plain[name] = to_plain(item)
        return plain
    raise TypeError(f"{type(value).__name__} is not a model value")


_MISSING = object()


@functools.cache
def _defaults(cls: type) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, _default(field)) for field in dataclasses.fields(cls))


def _default(field: dataclasses.Field[object]) -> object:
    if field.default is not dataclasses.MISSING:
        return field.default
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return _MISSING


def from_plain(cls: type[T], plain: object) -> T:
    """The value that `plain` describes.

    Raises:
        BadRecord: with the path of the first fault, such as `lots[0].ceiling`.
    """
    try:
        try:
            value = msgspec.convert(plain, cls)
        except msgspec.ValidationError as error:
            _refuse_non_finite(plain, "")  # it says more clearly what is wrong
            raise _bad_record(error) from None
        _look(plain, value, "")
    except RecursionError:
        raise BadRecord("", "it is nested too deeply") from None
    return value


def _refuse_non_finite(plain: object, path: str) -> None:
    if isinstance(plain, float) and not math.isfinite(plain):
        raise BadRecord(path, "a number must be finite")
    if isinstance(plain, Decimal) and not plain.is_finite():
        raise BadRecord(path, "a number must be finite")
    if isinstance(plain, dict):
        for key, item in plain.items():
            _refuse_non_finite(item, _under(path, key))
    elif isinstance(plain, list | tuple):
        for index, item in enumerate(plain):
            _refuse_non_finite(item, f"{path}[{index}]")


def _look(plain: object, value: object, path: str) -> None:
    """Refuse what msgspec lets pass: unknown fields, numbers that are none."""
    if isinstance(plain, dict):
        cls: type = type(value)
        fields = _fields(cls)
        if fields is not None:
            if not plain.keys() <= fields.known:
                unknown = next(key for key in plain if key not in fields.known)
                raise BadRecord(_under(path, unknown), "there is no such field")
            for name in fields.numbers:
                number = getattr(value, name)
                if number is not None and not number.is_finite():
                    raise BadRecord(_under(path, name), "a number must be finite")
            for name in fields.doubtful & plain.keys():
                _look(plain[name], getattr(value, name), _under(path, name))
        elif isinstance(value, dict):
            for key, item in plain.items():
                _look(item, value[key], _under(path, key))
    elif isinstance(value, tuple) and isinstance(plain, list | tuple):
        for index, (item, inner_value) in enumerate(zip(plain, value, strict=True)):
            _look(item, inner_value, f"{path}[{index}]")
    else:
        _refuse_non_finite(value, path)


def _under(path: str, key: object) -> str:
    return f"{path}.{key}" if path else str(key)


class _Fields(typing.NamedTuple):
    """All the fields of a class; those with a decimal; others to be looked into."""

    known: frozenset[str]
    numbers: frozenset[str]
    doubtful: frozenset[str]


@functools.cache
def _fields(cls: type) -> _Fields | None:
    if not dataclasses.is_dataclass(cls):
        return None
    hints = typing.get_type_hints(cls)
    known = frozenset(field.name for field in dataclasses.fields(cls))
    numbers = frozenset(n for n in known if hints[n] in (Decimal, Decimal | None))
    doubtful = frozenset(n for n in known - numbers if not _harmless(hints[n]))
    return _Fields(known, numbers, doubtful)


_HARMLESS = (str, int, bool, date, type(None), ...)
_HOLDERS = (tuple, list, dict, typing.Union, types.UnionType)


def _harmless(hint: object) -> bool:
    """Whether whatever msgspec lets through as this type is right."""
    if typing.get_origin(hint) in _HOLDERS:
        return all(map(_harmless, typing.get_args(hint)))
    return hint in _HARMLESS or (isinstance(hint, type) and issubclass(hint, Enum))


def _bad_record(error: msgspec.ValidationError) -> BadRecord:
    detail, _, path = str(error).partition(" - at `")
    path = re.sub(r"^\$\.?", "", path.rstrip("`"))
    return BadRecord(path, detail)


def dumps(plain: Plain) -> bytes:
    """Plain data as readable JSON, one space of indent, accents kept."""
    return msgspec.json.format(msgspec.json.encode(plain), indent=1)


def dump_line(plain: object) -> bytes:
    """Plain data as JSON on one line, without the line end."""
    return msgspec.json.encode(plain)


Raw = msgspec.Raw
"""A piece of JSON text that was not read yet."""


def loads(text: bytes | str | Raw) -> Plain:
    """JSON text as plain data.

    Raises:
        BadRecord: the text is not JSON, or is nested without end.
    """
    try:
        plain: Plain = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRecord("", f"this is not JSON ({error})") from None
    except RecursionError:
        raise BadRecord("", "it is nested too deeply") from None
    return plain


def load_pieces(text: bytes) -> dict[str, dict[str, Raw]]:
    """The pieces two levels down in JSON text, unread; they keep the text in memory.

    Raises:
        BadRecord: the text is not JSON, or has not these levels.
    """
    try:
        return msgspec.json.decode(text, type=dict[str, dict[str, Raw]])
    except msgspec.DecodeError as error:
        raise BadRecord("", f"this is not JSON ({error})") from None
