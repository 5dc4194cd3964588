"""arXiv's categories: the several names that some of them have, and the sets they are in."""

from collections.abc import Iterable

# Two names of one category, of which arXiv uses the second.
_SAME = {
    "math.MP": "math-ph",
    "stat.TH": "math.ST",
    "math.IT": "cs.IT",
    "q-fin.EC": "econ.GN",
    "cs.SY": "eess.SY",
    "cs.NA": "math.NA",
}
# Archives that became a category of another one; papers keep the name they were given.
_BECAME = {
    "acc-phys": "physics.acc-ph",
    "adap-org": "nlin.AO",
    "alg-geom": "math.AG",
    "ao-sci": "physics.ao-ph",
    "atom-ph": "physics.atom-ph",
    "bayes-an": "physics.data-an",
    "chao-dyn": "nlin.CD",
    "chem-ph": "physics.chem-ph",
    "cmp-lg": "cs.CL",
    "comp-gas": "nlin.CG",
    "dg-ga": "math.DG",
    "funct-an": "math.FA",
    "mtrl-th": "cond-mat.mtrl-sci",
    "patt-sol": "nlin.PS",
    "plasm-ph": "physics.plasm-ph",
    "q-alg": "math.QA",
    "solv-int": "nlin.SI",
    "supr-con": "cond-mat.supr-con",
}
_OTHER_NAMES: dict[str, frozenset[str]] = {}
for _one, _other in (*_SAME.items(), *_BECAME.items()):
    _OTHER_NAMES[_one] = _OTHER_NAMES.get(_one, frozenset()) | {_other}
    _OTHER_NAMES[_other] = _OTHER_NAMES.get(_other, frozenset()) | {_one}
# fmt: off
_DIVIDED = frozenset((
    "astro-ph", "cond-mat", "cs", "econ", "eess", "math", "nlin", "physics", "q-bio", "q-fin",
    "stat",
))
_IN_PHYSICS = frozenset((
    "astro-ph", "cond-mat", "gr-qc", "hep-ex", "hep-lat", "hep-ph", "hep-th", "math-ph", "nlin",
    "nucl-ex", "nucl-th", "physics", "quant-ph",
))
# fmt: on


def every_name(categories: Iterable[str]) -> tuple[str, ...]:
    """These categories and their other names, each once."""
    given = tuple(categories)
    others = (name for each in given for name in sorted(_OTHER_NAMES.get(each, ())))
    return tuple(dict.fromkeys((*given, *others)))


def current(category: str) -> str:
    """The name that arXiv uses today."""
    return _SAME.get(category) or _BECAME.get(category) or category


def is_arxivs(category: str) -> bool:
    """Whether arXiv has such a category: other lists have `neuroscience`, or `physics` alone."""
    archive, dot, _ = current(category).partition(".")
    return archive in _DIVIDED if dot else archive in _IN_PHYSICS and archive != "physics"


def oai_set(category: str) -> str:
    """The set of a category or archive in OAI-PMH: `cs:cs:AI`, `physics:hep-th`, `math`."""
    name = current(category)
    archive, dot, _ = name.partition(".")
    group = "physics:" if archive in _IN_PHYSICS else f"{archive}:" if dot else ""
    return group + name.replace(".", ":")


def api_term(category: str) -> str:
    """A category or a whole archive as arXiv's API asks for it: `cs.AI`, `hep-th`, `math.*`."""
    name = current(category)
    return f"{name}.*" if name in _DIVIDED else name


def is_in(listed: str, wanted: str) -> bool:
    """Is a paper's category the one that is wanted, or in the archive that is?"""
    name = current(listed)
    return current(wanted) in (name, name.partition(".")[0])
