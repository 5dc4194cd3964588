"""Small grey words beside which links and people stand: all of it ours but names and addresses."""

from collections.abc import Iterable

from bot.blocks.kit import CONTEXT_LINES, TEXT_LIMIT, Block, escape, is_address

BETWEEN = " · "


def remarks(*elements: Block) -> Block:
    """Small grey words, some of them links."""
    return {"type": "context", "elements": list(elements[:CONTEXT_LINES])}


def page_links(pages: Iterable[tuple[str, str]]) -> list[Block]:
    """Links in small grey words, each named in words of ours; none where they lead nowhere.

    Those that would make the text too long are left out.
    """
    told = ""
    for url, name in pages:
        more = told + (BETWEEN if told else "") + f"<{_bare(url)}|{name}>"
        if is_address(url) and len(more) <= TEXT_LIMIT:
            told = more
    return [{"type": "mrkdwn", "text": told, "verbatim": True}] if told else []


def mention(lead: str, user_id: str) -> list[Block]:
    """A person in small grey words behind a lead of ours; none without one."""
    return [{"type": "mrkdwn", "text": f"{lead} <@{user_id}>"}] if user_id else []


def _bare(url: str) -> str:
    """An address that cannot end the link in which it stands."""
    return escape(url.replace("<", "%3C").replace(">", "%3E").replace("|", "%7C"))
