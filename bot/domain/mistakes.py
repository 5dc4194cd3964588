"""What somebody typed that I could not take, as a refusal shows it again."""

LONGEST = 40  # characters: enough to recognise it


def shown(mistake: str, longest: int = LONGEST) -> str:
    """As code, cut where it is long; empty where nothing of it can be seen.

    A backtick would end the code in which it stands.
    """
    visible = mistake.replace("`", "'").strip()
    cut = visible if len(visible) <= longest else visible[:longest].rstrip() + "…"
    return f"`{cut}`" if cut.strip("' ") else ""
