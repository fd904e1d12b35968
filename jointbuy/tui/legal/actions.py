"""What can be done in the legal section."""

from __future__ import annotations

from jointbuy.errors import say
from jointbuy.tui.actions import Action, Group

LETTERS = ("a", "b", "c", "d", "e")
"""The keys of the answers, in the order they are shown; digits lead to sections."""

ANSWER = say("Answer")
BY_LETTER = say("Give the answer that stands behind this letter.")

ACTIONS: tuple[Action, ...] = (
    Action(
        id="legal.next_open",
        keys=("f2",),
        label=say("Next open"),
        help=say("Go to the next question that has no answer."),
        group=Group.MOVE,
        rank=12,
    ),
    Action(
        id="legal.take_back",
        keys=("delete", "backspace"),
        label=say("Take back"),
        help=say("Take the answer to this question back: it is open again."),
        rank=20,
    ),
    Action(
        id="legal.take_over",
        keys=("r", "f8"),
        label=say("Take over"),
        help=say("Take over what another dossier answered to this question."),
        rank=11,
    ),
    Action(
        id="legal.provider",
        keys=("w",),
        label=say("Provider"),
        help=say("Name who would do the work in-house."),
    ),
    Action(
        id="legal.paper",
        keys=("p",),
        label=say("Paper"),
        help=say("Note the paper on which the answer to this question rests."),
        rank=22,
    ),
    Action(
        id="legal.form",
        keys=("t",),
        label=say("Form"),
        help=say("Check another form of cooperation."),
        rank=24,
    ),
    Action(
        id="legal.free",
        keys=("x",),
        label=say("Free check"),
        help=say("Check a form without a proposal; its answers are kept nowhere."),
        rank=26,
    ),
    Action(
        id="legal.export",
        keys=("E",),
        label=say("Export"),
        help=say("Write this check to a text file: findings, answers, what is open."),
        rank=38,
    ),
    Action(
        id="legal.proposal",
        keys=("P",),
        label=say("Proposal"),
        help=say("Look at this proposal in the section of the proposals."),
    ),
    *(
        Action(
            id=f"legal.answer_{letter}",
            keys=(letter,),
            label=ANSWER,
            help=BY_LETTER,
            does=f"letter({number})",
        )
        for number, letter in enumerate(LETTERS)
    ),
    Action(
        id="legal.answer_yes",
        keys=("o", "y"),
        label=ANSWER,
        help=say("Answer yes, where that is one of the answers."),
        does="word('yes')",
    ),
    Action(
        id="legal.answer_no",
        keys=("n",),
        label=ANSWER,
        help=say("Answer no, where that is one of the answers."),
        does="word('no')",
    ),
    Action(
        id="legal.next_question",
        keys=("right",),
        label=say("Next question"),
        help=say("Go to the next question."),
        group=Group.MOVE,
        does="turn(1)",
    ),
    Action(
        id="legal.previous_question",
        keys=("left",),
        label=say("Previous question"),
        help=say("Go to the question before."),
        group=Group.MOVE,
        does="turn(-1)",
    ),
    Action(
        id="legal.forget",
        keys=("u", "ctrl+z"),
        label=say("Undo"),
        help=say("Take back the last answer of a check that is kept nowhere."),
        rank=70,
    ),
    Action(
        id="legal.clear",
        keys=("escape",),
        label=say("Back"),
        help=say("Take the filter and the marks away, or go back to the list."),
        group=Group.CHOOSE,
        rank=34,
    ),
)
"""What the section itself can do."""

ASKING: tuple[Action, ...] = (
    Action(
        id="pane.option_up",
        keys=("up", "k"),
        label=say("Up"),
        help=say("Look at the answer above."),
        group=Group.MOVE,
        does="move(-1)",
    ),
    Action(
        id="pane.option_down",
        keys=("down",),
        label=say("Down"),
        help=say("Look at the answer below."),
        group=Group.MOVE,
        does="move(1)",
    ),
    Action(
        id="pane.give",
        keys=("enter", "space"),
        label=ANSWER,
        help=say("Give the answer that is looked at."),
        rank=5,
    ),
    Action(
        id="pane.yes",
        keys=("j",),
        label=ANSWER,
        help=say("Answer yes, where that is one of the answers."),
    ),
)
"""What the pane with the question can do."""

ROWS: tuple[Action, ...] = (
    Action(
        id="pane.row_up",
        keys=("up",),
        label=say("Year above"),
        help=say("Go to the figures of the year above."),
        group=Group.MOVE,
        does="row(-1)",
    ),
    Action(
        id="pane.row_down",
        keys=("down",),
        label=say("Year below"),
        help=say("Go to the figures of the year below."),
        group=Group.MOVE,
        does="row(1)",
    ),
)
"""What can be done where figures of several years are typed."""
