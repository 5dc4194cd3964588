"""api.test, auth.test and apps.*: the app itself."""

from bot.sandbox.errors import Refused
from bot.sandbox.store import Json
from bot.sandbox.web_api.call import Call


def api_test(call: Call) -> Json:
    args = {name: value for name, value in call.args.items() if name != "token"}
    if "error" in args:
        raise Refused(str(args["error"]), args=args)
    return {"args": args}


def auth_test(call: Call) -> Json:
    people = call.slack.people
    return {
        "url": f"{call.slack.url}/",
        "team": people.team["name"],
        "user": people.users[people.bot["user_id"]]["name"],
        "team_id": people.team["id"],
        "user_id": people.bot["user_id"],
        "bot_id": people.bot["bot_id"],
        "is_enterprise_install": False,
    }


def open_connection(call: Call) -> Json:
    ticket = call.slack.delivery.sockets.ticket()
    host = call.slack.url.removeprefix("http://")
    return {"url": f"ws://{host}/link/?ticket={ticket}&app_id={call.slack.people.bot['app_id']}"}
