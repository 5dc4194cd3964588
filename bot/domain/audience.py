"""Who is told something: a channel, or a person in direct messages."""

PEOPLE = ("U", "W")  # what their ids begin with, W on an enterprise grid; others C, G or D


def is_person(audience: str) -> bool:
    """Whether this is a person's id."""
    return audience.startswith(PEOPLE)
