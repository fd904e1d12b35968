"""Values of the law that a register sets itself, in the place of the packaged ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import NotFound, say, word
from jointbuy.model import OwnValue
from jointbuy.model.lookup import find
from jointbuy.store.port import Change
from jointbuy.workspace.entries import Entered, Entries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jointbuy.law import Parameter


class OwnLaw(Entries):
    """Setting such a value, changing it and taking it away."""

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
