"""What people do in Slack: acknowledge, translate, one service call, render, reply.

One module a surface, each with `register(app)` on top. The roof hands the bot's parts down; a
middleware puts them where every listener finds them under the name `parts`.
"""

from collections.abc import Callable

from slack_bolt import App, BoltContext

from handlers import (
    actions,
    commands,
    elsewhere,
    errors,
    events,
    exchange,
    home,
    mutes,
    papers,
    settings,
    sharing,
    views,
)
from handlers.parts import Parts


def register(app: App, parts: Parts) -> None:
    """Connect every surface to the app."""

    def hand_down(context: BoltContext, next: Callable[[], None]) -> None:
        context["parts"] = parts
        next()

    app.use(hand_down)
    asked = (commands, actions, elsewhere, papers, views, mutes, sharing, exchange, settings)
    for surface in (*asked, events, home, errors):
        surface.register(app)
