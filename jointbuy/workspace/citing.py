"""Where something is written, said in one way on every screen and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jointbuy.errors import Arg, Message, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from jointbuy.law import Source
    from jointbuy.model import Citation


def beside(text: str, /, **values: Arg | Message | str) -> Message:
    """Sentences side by side, with nothing between them that needs translating."""
    return say(text, **values)


def title_said(source: Source | None, text: str) -> Arg:
    """The title of a text in every language; one of the register's own as it is."""
    if source is None:
        return Arg(name="", text=text)
    return Arg(name="", kind="title", text=text, names=dict(source.titles.as_dict()))


def cited_said(citation: Citation) -> Message:
    """Where it is written, and whether it is to be verified or the register's own."""
    from jointbuy.law.explanation import cited

    title = title_said(cited(citation).source, citation.source)
    text = beside("{title}", title=title)
    if citation.article:
        article = _article(citation)
        text = beside("{title}, {article}", title=title, article=article)
    return _marked(text, citation)


def basis_said(basis: Iterable[Citation]) -> Message:
    """Several places; the articles of one text stand together behind its title.

    Each keeps what is to be verified of it; texts and articles keep their order.
    """
    texts: dict[str, dict[tuple[str, bool, bool], Citation]] = {}
    for each in basis:
        articles = texts.setdefault(each.source, {})
        articles.setdefault((each.article, each.to_verify, each.own), each)
    said: Message | None = None
    for articles in texts.values():
        first, *others = articles.values()
        said = _beside(said, cited_said(first))
        for each in others:
            said = _beside(said, _behind_title(each))
    return said or Message(text="")


def _behind_title(citation: Citation) -> Message:
    """A further article of a text that was just named."""
    if not citation.article:
        return cited_said(citation)
    return _marked(beside("{article}", article=_article(citation)), citation)


def _article(citation: Citation) -> Arg:
    """The article as the language writes it; one of the register's own as it is."""
    kind = "text" if citation.own else "article"
    return Arg(name="", kind=kind, text=citation.article)


def _marked(text: Message, citation: Citation) -> Message:
    if citation.own:
        return say("{text} (own value of this register)", text=text)
    if citation.to_verify:
        return say("{text} (to be verified)", text=text)
    return text


def _beside(some: Message | None, more: Message) -> Message:
    if some is None:
        return more
    return say("{some}; {more}", some=some, more=more)
