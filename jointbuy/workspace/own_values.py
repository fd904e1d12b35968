"""Values of the law that a register sets itself, in the place of the packaged ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jointbuy.errors import NotFound, NotInForce, say, word
from jointbuy.model import OwnValue
from jointbuy.model.lookup import find
from jointbuy.store.port import Change
from jointbuy.workspace.entries import Entered, Entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from jointbuy.law import Parameter, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalValue:
    """An amount, share or term of the law as it counts on a day in this register.

    `value` is None where none is known on that day; `own` what the register set for
    it, the latest first.
    """

    parameter: Parameter
    value: Value | None
    own: tuple[OwnValue, ...]
    on: date

    @property
    def id(self) -> str:
        """The name of the parameter."""
        return self.parameter.name

    @property
    def counting(self) -> OwnValue | None:
        """What the register set that counts on the day."""
        if self.value is None or not self.value.citation.own:
            return None
        start = self.value.start
        return next((one for one in self.own if one.start == start), None)

    @property
    def state(self) -> str:
        """`own`, `certain`, `to_verify`, or `not_known` on that day."""
        if self.value is None:
            return "not_known"
        if self.value.citation.own:
            return "own"
        return "to_verify" if self.value.citation.to_verify else "certain"


class OwnLaw(Entries):
    """Setting such a value, changing it and taking it away."""

    def legal_values(self) -> tuple[LegalValue, ...]:
        """Every amount, share and term of the law as it counts here on the day."""
        from jointbuy import law

        own, kept = self.own_law(), self.own_values().values()
        found = []
        for name, known in law.parameters().items():
            try:
                value = law.parameter(name, self.on, own)
            except NotInForce:
                if known.abolished:
                    continue
                value = None
            mine = (one for one in kept if one.parameter == name)
            found.append(
                LegalValue(
                    parameter=known,
                    value=value,
                    own=tuple(sorted(mine, key=lambda one: one.start, reverse=True)),
                    on=self.on,
                )
            )
        return tuple(found)

    def set_own_value(self, cells: Mapping[str, str]) -> Entered[OwnValue]:
        """Keep a value as it was read in its text; one from the same day is changed.

        It was compared on the day asked for and by the user, unless told otherwise.

        Raises:
            Refused: with every field that is wrong or missing; nothing is then kept.
        """
        typed = {"checked": self.on.isoformat(), "by": self.user, **cells}
        made, _ = self._read_record(OwnValue, None, typed, self._known(OwnValue))
        if made is not None and made.id in self.own_values():
            return self.edit_record(OwnValue, made.id, {"until": "", **typed})
        return self.add_record(OwnValue, typed)

    def unset_own_value(self, text: str) -> OwnValue:
        """Take away such a value, named by its id, or by its parameter if it has one.

        Raises:
            NotFound: there is none, or several of that parameter.
        """
        kept = self.own_values()
        named = [one for one in kept.values() if one.parameter == text.strip()]
        if len(named) > 1:
            raise NotFound(
                say(
                    "“{name}” has several values. Name one of: {ids}.",
                    name=text,
                    ids=", ".join(one.id for one in named),
                )
            )
        found = named[0] if named else find(text, kept, word("own value of the law"))
        stored = self.store.get(OwnValue, found.id)
        gone = Change(kind=OwnValue, id=found.id, value=None, seen=stored.revision)
        self.commit([gone], why=f"unset {found.id}")
        return found


def legal_parameters() -> Mapping[str, Parameter]:
    """Every amount, share and term of the law, by its name."""
    from jointbuy import law

    return law.parameters()
