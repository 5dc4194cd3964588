"""LaTeX as people read it: `$\\alpha$` is α, `\\textbf{bold}` is bold.

What a symbol or an accent looks like is pylatexenc's knowledge. What is LaTeX at all is decided
here, since abstracts are mostly prose, in which `%`, `_`, `~` and `$5` are no markup, and often
broken, in which case a piece stays as it was written.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TypeAlias

from pylatexenc.latex2text import LatexNodes2Text
from pylatexenc.latexwalker import LatexWalkerError

LONGEST = 20_000  # characters; whoever writes more of them means no good
DEEPEST = 6  # formulas within commands within formulas; what lies deeper stays as it is
PROSE = 4  # so many plain words in a row between two dollars, and they are no formula

Kinds: TypeAlias = Mapping[str, Callable[[re.Match[str], int], str]]


def _group(depth: int) -> str:
    """Braces, with braces between them down to a depth."""
    return rf"\{{(?:[^{{}}]|{_group(depth - 1)})*\}}" if depth else r"\{[^{}]*\}"


_BRACES = _group(3)
# Commands that are also known without their backslash: Hugging Face drops some.
_LOOKS = r"text(?:bf|it|sc|tt|sf|rm)|emph|uline|underline|footnote"
_SIGN = r"(?:[\\^_{}<>=+×−-]|[^\x00-\u2010])"
_NO_PRICE = r"(?!\d[^$\\^_{}]*\$[\dA-Za-z])"  # $5-$10 and $5 + tax or $6 are two prices
_ODD = re.compile(r"[\\${}]|``|\w~|\dtimes")
_HINTS = ("\\", "$", "{", "}", "``", "~", "times")  # without all of them nothing is odd
_PIECE = re.compile(
    rf"""
      (?P<maths> \$\$[^$]+\$\$ | \\\(.{{1,500}}?\\\) | \\\[.{{1,500}}?\\\]
               # A sign that prose has not; else as in pandoc, so that prices are no formula.
               | (?<!\\)\${_NO_PRICE}(?=[^$]{{0,300}}{_SIGN})(?:\\\$|[^$])+(?<!\\)\$
               | (?<!\\)\$(?![\s$])(?:\\\$|[^$])*(?<![\s\\])\$(?!\d) )
    | (?P<accent> \\["'`^~=.]\s?(?:{_BRACES}|\\?[A-Za-z]) | \\[uvHcdbkr](?:{_BRACES}|\s[A-Za-z]\b) )
    | (?P<unclosed> (?:\\|\b)(?:{_LOOKS})\{{(?!(?:[^{{}}]|{_BRACES})*\}}) )
    | (?P<command> (?:\\(?P<name>[A-Za-z]+)\*?|\b(?P<bare>{_LOOKS})(?=\{{))
                   (?P<given>(?:(?:\[[^][]*\])?(?:\s?{_BRACES})+)?) )
    | (?P<page> (?P<address>https?://[^\s{{}}]+){_BRACES} )
    | (?P<mark> \\[%$&#_{{}}|] )
    | (?P<space> \\[\s,;:!/\\>-] | (?<=[\w.)\]])~(?=[A-Za-z\\($]) | (?<=[A-Za-z.])~(?=\w) )
    | (?P<script> (?<=[\w)\]}}])[_^](?:{_BRACES}|\\[A-Za-z]+) )
    | (?P<group> {_BRACES} )
    | (?P<quoted> ``(?:(?!``|'').)+'' )
    | (?P<times> (?<=\d)times(?![a-z]) )
    """,
    re.VERBOSE | re.DOTALL,
)
_ARGUMENT = re.compile(_BRACES)
_IN_MATHS = re.compile(rf"[_^]\s*(?:{_BRACES}|\\[A-Za-z]+|[^\s\\{{}}])", re.DOTALL)
_ONE_LETTER = re.compile(
    r"(\\(?:math(?:bb|bf|cal|rm|sf|scr|frak)|bm|boldsymbol))\s*(\\[A-Za-z]+|[A-Za-z0-9])"
)
_PLAIN_WORDS = re.compile(rf"(?:\b[A-Za-z]{{2,}}[,.]?\s+){{{PROSE}}}")
_CRAMPED = re.compile(r"(?<=\S)([×≤≥<>=∈∼≈→±·]) (?=\S)")  # TeX sets K\times K evenly
_HELD_TOGETHER = re.compile(r"[\w.′∞*]+|\(.*\)")

_RAISED = dict(zip("0123456789+-−ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋", strict=True))
_AS_THEY_ARE = frozenset("′*°⊤†⋆")  # these stand high by themselves
_DROPPED = frozenset(
    word
    for line in (
        "label ref cite citep citet vspace hspace rule em bf it sc rm tt sf displaystyle smash",
        "left right big Big bigl bigr centering noindent allowbreak protect xspace limits",
        "nolimits cal small scriptsize footnotesize",
    )
    for word in line.split()
)
_SPACES = frozenset({"quad", "qquad", "par", "item", "begin", "end"})
_SAID = {"eg": "e.g.", "ie": "i.e.", "etal": "et al.", "textgreater": ">", "textless": "<"}
_SAID |= {
    "degree": "°",
    "gtrsim": "≳",
    "lesssim": "≲",
    "mid": "|",
    "circ": "°",
    "star": "*",
    "colon": ":",
}
_BLACKBOARD = dict(zip("CHNPQRZEB", "ℂℍℕℙℚℝℤ𝔼𝔹", strict=True))
# What Hugging Face leaves of a formula with one command: {sim}50, 2{times}.
_NAKED = frozenset({"sim", "approx", "times", "pm", "geq", "leq", "ge", "le", "to", "infty"})
_ACCENTS = frozenset({"hat", "bar", "tilde", "vec", "dot", "ddot", "widehat", "widetilde"})
_OPEN, _CLOSED = "\ue000", "\ue001"  # braces that are meant, while the others are dropped
_MEANT = str.maketrans({_OPEN: "{", _CLOSED: "}"})
_library = LatexNodes2Text(math_mode="text")


def readable(text: str) -> str:
    """A title or an abstract without LaTeX. Whatever is no LaTeX comes back as it is."""
    if len(text) > LONGEST or not _may_be_latex(text):
        return text
    return " ".join(_read(text, DEEPEST).translate(_MEANT).split()) or text


def _may_be_latex(text: str) -> bool:
    """Looking for each hint by itself takes a tenth of the expression's time."""
    return any(hint in text for hint in _HINTS) and _ODD.search(text) is not None


def _read(text: str, depth: int) -> str:
    def piece(found: re.Match[str]) -> str:
        return _KINDS[str(found.lastgroup)](found, depth - 1) if depth else found[0]

    return _PIECE.sub(piece, text)


def _maths(found: re.Match[str], depth: int) -> str:
    inside = found[0].strip("$") if found[0].startswith("$") else found[0][2:-2]
    is_prose = _PLAIN_WORDS.search(_ARGUMENT.sub("", inside))
    return found[0] if is_prose else _formula(inside, depth).strip()


def _formula(text: str, depth: int) -> str:
    """Maths is read from its scripts on: what is raised or lowered may hold commands itself."""
    whole = _ONE_LETTER.sub(r"\1{\2}", text.replace("~", " "))
    scripted = _IN_MATHS.sub(lambda found: _script(found, depth), whole)
    bare = _read(scripted, depth).replace("{", "").replace("}", "")
    return _CRAMPED.sub(r"\1", bare.replace("'", "′"))


def _script(found: re.Match[str], depth: int) -> str:
    """x² and x₁ where Unicode can; else x^k and x_(i+1)."""
    where, what = found[0][0], found[0][1:].strip()
    said = _formula(_unbraced(what), depth - 1).strip() if depth > 0 else what
    small = _RAISED if where == "^" else _LOWERED
    if all(letter in small for letter in said):
        return "".join(small[letter] for letter in said)
    if said in _AS_THEY_ARE:
        return said
    return where + (said if _HELD_TOGETHER.fullmatch(said) else f"({said})")


def _command(found: re.Match[str], depth: int) -> str:
    name = found["name"] or found["bare"]
    arguments = [_read(_unbraced(each), depth) for each in _ARGUMENT.findall(found["given"])]
    if name in _SPACES or name in _DROPPED:
        return " " if name in _SPACES else ""
    if not any(arguments):
        return _spaced(_symbol(name), found)
    if len(arguments) > 1 and name in _WITH_TWO:
        return _WITH_TWO[name](arguments[0], arguments[-1])
    if name in _ACCENTS and len(arguments[-1]) == 1:
        return _drawn(f"\\{name.removeprefix('wide')}{{{arguments[-1]}}}") or arguments[-1]
    return _WITH_ONE.get(name, str)(arguments[-1])


def _accent(found: re.Match[str], _: int) -> str:
    return _drawn(found[0]) or found[0]


def _page(found: re.Match[str], depth: int) -> str:
    """What Hugging Face leaves of \\href: the address, and what to call it in braces."""
    said = _read(found[0].removeprefix(found["address"])[1:-1], depth)
    return _linked(found["address"], said)


def _braces(found: re.Match[str], depth: int) -> str:
    """Braces that hold one thing together go; `{none, low, high}` is a set and keeps them."""
    inside = _unbraced(found[0])
    if inside in _NAKED:
        return _symbol(inside)
    said = _read(inside, depth)
    return f"{_OPEN}{said}{_CLOSED}" if "," in said[:-1] else said


def _quoted(found: re.Match[str], depth: int) -> str:
    return f"“{_read(found[0][2:-2], depth)}”"


@lru_cache(maxsize=4096)
def _symbol(name: str) -> str:
    """What a command without arguments shows; the name of one that somebody made up."""
    return _SAID.get(name) or _drawn(f"\\{name}{{}}{{}}") or name


@lru_cache(maxsize=4096)
def _drawn(piece: str) -> str:
    try:
        return str(_library.latex_to_text(piece)).strip()
    except (LatexWalkerError, LookupError, TypeError, ValueError):
        return ""  # cut in half, or in another order than its command takes


def _spaced(said: str, found: re.Match[str]) -> str:
    """`n\\log n` is n log n: a word needs a space before it, where a symbol needs none."""
    before = found.string[max(0, found.start() - 1) : found.start()]
    return f" {said}" if len(said) > 1 and said.isalpha() and before.isalnum() else said


def _fraction(above: str, below: str) -> str:
    return f"{_held(above)}/{_held(below)}"


def _held(said: str) -> str:
    return said if _HELD_TOGETHER.fullmatch(said) else f"({said})"


def _linked(target: str, said: str) -> str:
    return said if target == said else f"{said} ({target})"


def _unbraced(group: str) -> str:
    return group[1:-1] if group.startswith("{") and group.endswith("}") else group


_MARKS = {"\\|": "‖", "\\{": _OPEN, "\\}": _CLOSED}
_WITH_TWO: Mapping[str, Callable[[str, str], str]] = {
    **dict.fromkeys(("frac", "tfrac", "dfrac", "nicefrac", "sfrac"), _fraction),
    "href": _linked,
    "binom": lambda above, below: f"({above} choose {below})",
}
_WITH_ONE: Mapping[str, Callable[[str], str]] = {
    "sqrt": lambda said: f"√{_held(said)}",
    "footnote": lambda said: f" ({said.strip()})",
    "pmod": lambda said: f"(mod {said})",
    "mathbb": lambda said: _BLACKBOARD.get(said, said),
}
_KINDS: Kinds = {
    "maths": _maths,
    "accent": _accent,
    "command": _command,
    "unclosed": lambda *_: "",
    "page": _page,
    "mark": lambda found, _: _MARKS.get(found[0], found[0][1:]),
    "space": lambda found, _: "" if found[0] in {"\\!", "\\/", "\\-"} else " ",
    "script": _script,
    "group": _braces,
    "quoted": _quoted,
    "times": lambda *_: "×",
}
