"""rich_text: sections, lists, quotes and code, and what may stand in them."""

from bot.sandbox.rules.check import (
    Check,
    anything,
    each,
    flag,
    number,
    one_of,
    shape,
    string,
    tagged,
    whole,
)
from bot.sandbox.rules.parts import IDENTIFIER, url

# One rich_text block holds no more than a long message could.
LONGEST = 40_000
MANY = 1000

style = shape(
    {},
    dict.fromkeys(
        (
            "bold",
            "italic",
            "strike",
            "code",
            "underline",
            "highlight",
            "client_highlight",
            "unlink",
        ),
        flag,
    ),
)
border = {"border": whole(0, 1)}

PIECES: dict[str, Check] = {
    "text": shape({"text": string(LONGEST)}, {"style": style}),
    "link": shape({"url": url}, {"text": string(LONGEST, 0), "unsafe": flag, "style": style}),
    "emoji": shape(
        {"name": string(100)}, {"unicode": string(100), "skin_tone": whole(1, 6), "style": style}
    ),
    "user": shape({"user_id": IDENTIFIER}, {"style": style}),
    "usergroup": shape({"usergroup_id": IDENTIFIER}, {"style": style}),
    "channel": shape({"channel_id": IDENTIFIER}, {"style": style}),
    "team": shape({"team_id": IDENTIFIER}, {"style": style}),
    "broadcast": shape({"range": one_of("here", "channel", "everyone")}, {"style": style}),
    "date": shape(
        {"timestamp": number, "format": string(500)},
        {"url": url, "fallback": string(500), "style": style},
    ),
    "color": shape({"value": string(20)}, {"style": style}),
}
piece = tagged(PIECES)
section = shape({"elements": each(piece, MANY, 0)})

rich_text = shape(
    {
        "elements": each(
            tagged(
                {
                    "rich_text_section": section,
                    "rich_text_list": shape(
                        {
                            "style": one_of("bullet", "ordered"),
                            "elements": each(tagged({"rich_text_section": section}), MANY),
                        },
                        {"indent": whole(0, 8), "offset": whole(0, 10_000), **border},
                    ),
                    "rich_text_quote": shape({"elements": each(piece, MANY, 0)}, border),
                    "rich_text_preformatted": shape(
                        {"elements": each(piece, MANY, 0)},
                        {**border, "language": anything},
                    ),
                }
            ),
            MANY,
        )
    },
    {"block_id": IDENTIFIER},
)
