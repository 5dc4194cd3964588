"""Regular English plurals, and nothing else of a stemmer: "universe" is not "university"."""


def _listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words in -s that are no plurals, or whose singular means something else.
_NO_PLURAL = _listed(
    "adams afterwards aids alias always athens atlas besides bias canvas chaos christmas cosmos "
    "does gas ethos james jones kansas kubernetes kudos lens mars means mercedes news pandas "
    "pathos perhaps postgres sars series siemens sometimes species texas towards wales whereas "
    "windows yes"
)
# Plurals in -ics; the other words in -ics name a field, and robotics is not many of a robotic.
_ICS_PLURALS = _listed(
    "antibiotics ceramics characteristics clinics critics fabrics heuristics lyrics logics metrics "
    "mosaics plastics relics statics topics"
)
_US_PLURALS = _listed("cpus gpus menus npus tpus")
_PLAIN_S = _listed(
    "avalanches caches calories cookies genies headaches movies niches prairies rookies selfies "
    "smoothies zombies"
)


def singular(word: str) -> str:
    """The word without a regular English plural ending; three letters or fewer stay whole."""
    if len(word) <= 3 or word[-1] != "s" or word in _NO_PLURAL:
        return word
    if word.endswith(("ss", "is")) or (word.endswith("us") and word not in _US_PLURALS):
        return word
    if word.endswith("ics") and word not in _ICS_PLURALS:
        return word
    if word in _PLAIN_S or len(word) == 4:
        return word[:-1]
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "ches", "shes")) else word[:-1]


def stem(word: str) -> str:
    """One form for a word and its plurals, coarser than `singular`: for looking up only.

    Whatever `singular` takes for one has one stem, also at the end of a longer word; so has an
    acronym with a small s behind it.
    """
    bare = word.rstrip("s")
    while bare.endswith(("sse", "xe", "che", "she")):
        bare = bare[:-1].rstrip("s")
    if bare.endswith("ie"):
        return bare[:-1]
    return bare[:-1] + "i" if bare.endswith("y") else bare or "s"


def stem_alone(word: str) -> str:
    """The stem of a word that it also has at the end of any longer one; empty if it may differ.

    At most three letters at the end decide.
    """
    if word[-1] not in "sey":
        return word
    bare = stem(word)
    return bare if len(bare) >= 3 else ""


def spellings(word: str) -> set[str]:
    """Every word that may count as the same but for its number, and some that do not exist."""
    bare = {singular(word), word, word[:-1] if word.endswith("s") else word} - {""}
    endings = {each + ending for each in bare for ending in ("", "s", "es")}
    return endings | {each[:-1] + "ies" for each in bare if each.endswith("y")}
