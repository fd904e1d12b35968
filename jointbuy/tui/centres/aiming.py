"""What a row or a cell of the lists about centres points at."""

from __future__ import annotations

from dataclasses import dataclass

from jointbuy.errors import Message, named, say
from jointbuy.tui.centres.calls import both
from jointbuy.tui.centres.houses import Room
from jointbuy.tui.centres.orders import Ordering
from jointbuy.tui.centres.rows import Asked, House, Joining, Running, Using
from jointbuy.tui.centres.table import Spot
from jointbuy.workspace.standing import Offer


@dataclass(frozen=True, slots=True, kw_only=True)
class Aim:
    """What a row is about, as far as it says so: ids; `records` have its history."""

    framework: str = ""
    centre: str = ""
    administration: str = ""
    records: tuple[str, ...] = ()


def aim(row: object) -> Aim:
    """What a row or a cell of any of the lists is about."""
    match row:
        case Asked():
            return _framework_aim(row.offer, row.standing.administration.id, row.id)
        case Offer():
            interests = (each.interest.id for each in row.standings if each.interest)
            return _framework_aim(row, "", row.framework.id, *interests)
        case House():
            return Aim(centre=row.id, records=(row.id,))
        case Room():
            return Aim(centre=row.id, administration=row.who.id, records=(row.id,))
        case Joining():
            return Aim(
                centre=row.adhesion.centre,
                administration=row.adhesion.administration,
                records=(row.id,),
            )
        case Spot():
            return Aim(
                centre=row.joined.centre if row.who else "",
                administration=row.who.id if row.who else "",
                records=tuple(
                    id_
                    for id_ in (
                        row.adhesion.id if row.adhesion else "",
                        row.joined.programme,
                    )
                    if id_
                ),
            )
        case Using():
            return Aim(
                framework=row.use.framework,
                administration=row.who.id,
                records=(row.id,),
            )
        case Ordering():
            return Aim(
                framework=row.order.framework,
                administration=row.order.administration,
                records=(row.id,),
            )
        case Running():
            return Aim(administration=row.contract.administration, records=(row.id,))
    return Aim()


def _framework_aim(offer: Offer, administration: str, first: str, *also: str) -> Aim:
    framework = offer.framework
    return Aim(
        framework=framework.id,
        centre=framework.centre,
        administration=administration,
        records=tuple(dict.fromkeys((first, framework.id, *also))),
    )


def called(row: object) -> Message | str:
    """What a row is called."""
    match row:
        case Asked():
            return both(row)
        case Offer():
            framework = row.framework
            return say("{name}", name=named(framework.title, framework.id))
        case House():
            return say("{name}", name=named(row.centre.names, row.id))
        case Room():
            return say("{name}", name=named(row.house.centre.names, row.id))
        case Joining():
            return say(
                "{one} – {other}",
                one=named(row.centre.names, row.centre.id),
                other=named(row.who.names, row.who.id),
            )
        case Spot():
            name = named(row.joined.names, row.joined.id)
            if row.who is None:
                return say("{name}", name=name)
            who = named(row.who.names, row.who.id)
            return say("{one} – {other}", one=name, other=who)
        case Using() | Ordering():
            if row.need is not None:
                return row.need.title
            return row.use.need if isinstance(row, Using) else row.order.id
        case Running():
            return row.contract.title
    return next(iter(aim(row).records), "")
