"""What a framework agreement leads to: the proposals that would use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import say
from jointbuy.tui.centres.aimed import Aimed
from jointbuy.tui.listing import Column, Listing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from jointbuy.model import Administration, Candidate
    from jointbuy.tui.speech import Speech


class Leading(Aimed):
    """Goes to the proposals that the rows would be used by."""

    def can_proposals(self) -> bool:
        """Whether the row is about a framework agreement."""
        return bool(self.aim.framework)

    def action_proposals(self) -> None:
        """Go to what could be bought through it."""
        self.terminal.work(self._proposals())

    async def _proposals(self) -> None:
        framework = self.aim.framework
        found, known = await self.terminal.ask(
            lambda w: (
                [
                    proposal.candidate
                    for proposal in w.match()
                    if proposal.candidate.framework == framework
                ],
                w.administrations(),
            )
        )
        if not found:
            self.terminal.tell(
                say(
                    "No proposal would use this framework agreement: no open need of "
                    "those who may order from it falls under its codes."
                )
            )
            return
        chosen = found[0]
        if len(found) > 1:
            from jointbuy.tui.dialogs.picker import Picker

            picked = await self.terminal.put(
                Picker(say("Proposals"), _candidates(found, known))
            )
            if picked is None:
                return
            chosen = picked
        await self.terminal.show("proposals", chosen.id)


def _candidates(
    found: Sequence[Candidate], known: Mapping[str, Administration]
) -> Listing[Candidate]:
    """Proposals, each with its kind and whose needs they are."""

    def who(row: Candidate, speech: Speech) -> str:
        return ", ".join(
            known[id_].name(speech.language) if id_ in known else id_
            for id_ in row.administrations
        )

    return Listing(
        rows=tuple(found),
        columns=(
            Column(
                id="title",
                heading=say("Object"),
                width=16,
                grow=1,
                text=lambda row, speech: speech.name(row.title) or row.cpv or row.id,
            ),
            Column(
                id="administrations",
                heading=say("Administration"),
                width=20,
                grow=2,
                text=who,
            ),
            Column(
                id="score",
                heading=say("Points"),
                width=6,
                right=True,
                text=lambda row, _: str(row.score),
            ),
        ),
    )
