"""The colours of the terminal: our own three themes, and those that Textual brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.color import Color
from textual.theme import Theme

from jointbuy.errors import say

if TYPE_CHECKING:
    from textual.app import App

    from jointbuy.tui.speech import Sayable

DEFAULT = "jointbuy-dark"

_DARK = Theme(
    name=DEFAULT,
    dark=True,
    primary="#2b5f93",
    secondary="#7089a8",
    accent="#4fb3c4",
    success="#6fb98a",
    warning="#e0ac5b",
    error="#e57580",
    foreground="#dbe2ec",
    background="#0f131a",
    surface="#151b24",
    panel="#212b39",
    variables={
        "boost": "#1a222d",
        "primary-muted": "#223851",
        "text-accent": "#7fcbd9",
        "text-success": "#8ccba2",
        "text-warning": "#edc07a",
        "text-error": "#f2939c",
        "input-cursor-background": "#7fcbd9",
        "input-cursor-foreground": "#0f131a",
        "input-selection-background": "#2b5f93 70%",
        "scrollbar": "#33445a",
        "scrollbar-hover": "#47607e",
        "scrollbar-active": "#4fb3c4",
        "scrollbar-background": "#151b24",
        "scrollbar-background-hover": "#151b24",
        "scrollbar-background-active": "#151b24",
        "scrollbar-corner-color": "#151b24",
    },
)

_LIGHT = Theme(
    name="jointbuy-light",
    dark=False,
    primary="#2a6096",
    secondary="#5b7390",
    accent="#0f7285",
    success="#2f7d4b",
    warning="#9a6300",
    error="#b3303d",
    foreground="#1f2630",
    background="#e6e8eb",
    surface="#fbfbf9",
    panel="#dbe2ea",
    variables={
        "boost": "#f0f2f4",
        "primary-muted": "#c6d9ec",
        "text-accent": "#0b5c6c",
        "text-success": "#24643b",
        "text-warning": "#7a4e00",
        "text-error": "#9b2430",
        "input-cursor-background": "#0f7285",
        "input-cursor-foreground": "#ffffff",
        "input-selection-background": "#2a6096 30%",
        "scrollbar": "#b4c0cd",
        "scrollbar-hover": "#93a5b8",
        "scrollbar-active": "#0f7285",
        "scrollbar-background": "#eef0f2",
        "scrollbar-background-hover": "#eef0f2",
        "scrollbar-background-active": "#eef0f2",
        "scrollbar-corner-color": "#eef0f2",
    },
)

_CONTRAST = Theme(
    name="jointbuy-contrast",
    dark=True,
    primary="#ffd24a",
    secondary="#ffffff",
    accent="#5ce1ff",
    success="#6dff8f",
    warning="#ffd24a",
    error="#ff8a8a",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#262626",
    variables={
        "boost": "#141414",
        "primary-muted": "#5a4700",
        "text": "auto 100%",
        "text-muted": "auto 85%",
        "text-accent": "#5ce1ff",
        "text-success": "#6dff8f",
        "text-warning": "#ffd24a",
        "text-error": "#ff9c9c",
        "input-cursor-background": "#ffd24a",
        "input-cursor-foreground": "#000000",
        "input-selection-background": "#ffd24a 60%",
        "scrollbar": "#8a8a8a",
        "scrollbar-hover": "#c0c0c0",
        "scrollbar-active": "#ffd24a",
        "scrollbar-background": "#141414",
        "scrollbar-background-hover": "#141414",
        "scrollbar-background-active": "#141414",
        "scrollbar-corner-color": "#000000",
    },
)

OWN = {
    _DARK.name: say("Dark"),
    _LIGHT.name: say("Light"),
    _CONTRAST.name: say("High contrast"),
}
"""What our own themes are called."""


def dress(app: App[None], name: str) -> None:
    """Have the app begin in the colours of that name, if there are any such.

    To be called before it runs: nothing is drawn a second time.
    """
    for theme in (_DARK, _LIGHT, _CONTRAST):
        app.register_theme(theme)
    chosen = name if name in themes(app) else DEFAULT
    app.set_reactive(type(app).theme, chosen)
    app.stylesheet.set_variables(app.get_css_variables())
    dark = app.current_theme.dark
    app.set_class(dark, "-dark-mode", update=False)
    app.set_class(not dark, "-light-mode", update=False)


MUTED = 0.72
"""How much of the text there is in a muted one; the rest is background."""


def settle(variables: dict[str, str]) -> dict[str, str]:
    """The variables with a colour of its own for muted text.

    Textual leaves it to the background of a widget, which a text within does not know.
    """
    muted = variables.get("text-muted", "")
    if muted.startswith("auto"):
        paper, ink = (
            Color.parse(variables[name]) for name in ("surface", "foreground")
        )
        share = float(muted.split()[1].rstrip("%")) / 100 if " " in muted else MUTED
        variables["text-muted"] = paper.blend(ink, max(share, MUTED)).hex
    return variables


def themes(app: App[None]) -> dict[str, Sayable]:
    """Every theme to choose from by its name, our own first."""
    others = {
        name: " ".join(name.split("-")).title()
        for name, theme in app.available_themes.items()
        if name not in OWN and not theme.ansi and "ansi" not in name
    }
    return {**OWN, **dict(sorted(others.items()))}


__all__ = ["DEFAULT", "OWN", "dress", "settle", "themes"]
