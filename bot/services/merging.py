"""One paper from several sources is one row: what comes under another id goes to its home.

By id, by DOI, then by title, people and abstract. For a list of papers that takes a fixed number of
statements, in which each paper is looked up once in each index; title and abstract are compared
with those alone that share its key.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.identity import Rule, canonical_id, is_arxivs, may_be_one, registry, said_doi
from bot.domain.likeness import RULES, key, likeness
from bot.domain.merging import lent, merged
from bot.domain.paper import Batch, Listing, Paper
from storage import aliases, merges, papers
from storage.database import Database, Session
from storage.merges import Same

AT_ONCE = 1_000  # papers whose keys are made anew in one step


@dataclass(frozen=True, slots=True)
class Home:
    """A batch whose papers have the ids under which they are stored, and who else they were."""

    batch: Batch
    met: tuple[tuple[Same, Paper], ...] = ()  # papers that were never stored as their own

    def note(self, session: Session, listed: Iterable[Listing], now: datetime) -> None:
        """Once the batch is stored: keep under which ids its papers came, and on which lists."""
        on = [(each.paper.id, (each.source, each.day)) for each in listed]
        for same, found in self.met:
            [here] = papers.by_ids(session, [same.kept])
            places = [place for paper_id, place in on if canonical_id(paper_id) == same.gone]
            merges.met(session, same, found, here, places, now)


def at_home(session: Session, batch: Batch, now: datetime) -> Home:
    """Find out who the papers of a batch are; stored ones that turn out to be one become one.

    The caller holds the revision.
    """
    batch = _spelled(batch)
    known = _Known.of(session, batch)
    search = _Search(session, known, now)
    for each in known.found.values():
        search.place(each)
    if not known.homes:
        return Home(batch)
    return Home(search.moved(batch), tuple(search.met()))


def follow_rules(database: Database) -> int:
    """Make the keys of stored papers anew if the rules changed; returns for how many papers."""
    with database.read() as session:
        if aliases.rules(session) == RULES:
            return 0
    with database.begin() as session:
        papers.hold_revision(session)
        if aliases.rules(session) == RULES:
            return 0
        count = last = 0
        while some := papers.after(session, last, AT_ONCE):
            aliases.set_keys(session, {paper.id: key(paper) for _, paper in some})
            count, last = count + len(some), some[-1][0]
        aliases.set_rules(session, RULES)
        return count


@dataclass(slots=True)
class _Known:
    """What is known of the papers of a batch: of each other, and of those that are stored."""

    found: dict[str, Paper]  # the batch's, each once
    listed: frozenset[str]  # those that it lists; of the others only what is stored counts
    homes: dict[str, str]  # the paper that another id is of
    stored: set[str]
    naming: dict[str, set[str]]  # papers by the DOI of their article
    alike: dict[str, set[str]] = field(default_factory=dict)  # and by key

    @classmethod
    def of(cls, session: Session, batch: Batch) -> "_Known":
        found: dict[str, Paper] = {}
        for each in (*(listing.paper for listing in batch.listings), *batch.revisions):
            before = found.get(each.id, each)
            found[each.id] = each if before == each else merged(before, each)
        said = {each for each in map(said_doi, found.values()) if each}
        ids = {*found, *said}
        known = cls(
            found,
            frozenset(listing.paper.id for listing in batch.listings),
            aliases.of(session, ids),
            aliases.stored(session, ids),
            _grouped(aliases.published_as(session, {each for each in ids if not is_arxivs(each)})),
        )
        new = [each for each in found.values() if known.is_new(each.id)]
        known.alike = _grouped(aliases.alike(session, {key(each) for each in new} - {""}))
        for each in new:
            if name := key(each):
                known.alike.setdefault(name, set()).add(each.id)
        for each in found.values():
            if known.exists(each.id) and (doi := said_doi(each)):
                known.naming.setdefault(doi, set()).add(each.id)
        return known

    def is_new(self, paper_id: str) -> bool:
        return (
            paper_id in self.listed and paper_id not in self.stored and paper_id not in self.homes
        )

    def exists(self, paper_id: str) -> bool:
        return paper_id in self.stored or paper_id in self.homes or paper_id in self.listed

    def home(self, paper_id: str) -> str:
        while paper_id in self.homes:
            paper_id = self.homes[paper_id]
        return paper_id


class _Search:
    """Looks for the homes of papers, one after the other."""

    def __init__(self, session: Session, known: _Known, now: datetime) -> None:
        self._session, self._known, self._now = session, known, now
        self._met: list[Same] = []

    def place(self, paper: Paper) -> None:
        """Find who else a paper is, if anybody."""
        if not self._known.exists(paper.id):
            return  # a later version of what nobody has
        was_new = self._known.is_new(paper.id)
        self._make_one(paper.id, Rule.DOI, dict.fromkeys(self._by_doi(paper), 100.0))
        if was_new and self._known.is_new(paper.id):
            self._make_one(paper.id, Rule.TITLE, self._by_title(paper))

    def moved(self, batch: Batch) -> Batch:
        """The batch with every paper at its home, where it adds what is missing there."""
        homes = {self._known.home(each) for each in self._known.found}
        here = {each.id: each for each in papers.by_ids(self._session, sorted(homes))}
        here = {**{each: self._known.found[each] for each in homes - here.keys()}, **here}

        def at_home(listing: Listing) -> Listing:
            home = self._known.home(listing.paper.id)
            if home == listing.paper.id:
                return listing
            return replace(listing, paper=lent(listing.paper, here[home]))

        return replace(
            batch,
            listings=tuple(map(at_home, batch.listings)),
            revisions=tuple(each for each in batch.revisions if each.id not in self._known.homes),
            gone=tuple(each for each in batch.gone if each not in self._known.homes),
            archive=frozenset(map(self._known.home, batch.archive)),
        )

    def met(self) -> Iterator[tuple[Same, Paper]]:
        """Papers that are not stored as their own, as they were found."""
        for same in self._met:
            home = self._known.home(same.gone)
            yield replace(same, kept=home), self._known.found[same.gone]

    def _by_doi(self, paper: Paper) -> set[str]:
        said = said_doi(paper)
        named = {said} if said and self._known.exists(said) else set()
        article = set() if not said or is_arxivs(said) else self._known.naming.get(said, set())
        return {*named, *article, *self._known.naming.get(paper.id, ())} - {paper.id}

    def _by_title(self, paper: Paper) -> dict[str, float]:
        others = self._known.alike.get(key(paper), set()) - {paper.id}
        others = {each for each in others if registry(each) != registry(paper.id)}
        scores = {each.id: likeness(paper, each) for each in self._papers(others)}
        return {each: score for each, score in scores.items() if score}

    def _papers(self, ids: set[str]) -> list[Paper]:
        here = [self._known.found[each] for each in ids if each in self._known.found]
        left = ids - {each.id for each in here}
        return [*here, *(papers.by_ids(self._session, sorted(left)) if left else ())]

    def _make_one(self, paper_id: str, rule: Rule, others: dict[str, float]) -> None:
        """Make a paper one with another. Where it may be one of several, it is none of them."""
        mine = self._known.home(paper_id)
        homes = {self._known.home(each): score for each, score in sorted(others.items())}
        homes.pop(mine, None)
        if not homes:
            return
        parted = merges.parted(self._session, [mine, paper_id, *homes, *others])
        fitting = [
            each
            for each in homes
            if may_be_one(mine, each, rule)
            and not self._are_parted(mine, each, rule, parted)
            and (rule is Rule.DOI or self._has_no_id_beside(mine, each))
        ]
        if len(fitting) == 1:
            self._join(merges.pair(mine, fitting[0], rule, homes[fitting[0]]))

    def _are_parted(
        self, one: str, other: str, rule: Rule, parted: set[tuple[frozenset[str], Rule]]
    ) -> bool:
        """Whether somebody said that these, or what became one of them, are two."""
        return any(
            {self._known.home(each) for each in pair} == {one, other}
            for pair, erred in parted
            if erred is rule
        )

    def _has_no_id_beside(self, one: str, other: str) -> bool:
        """Whether whoever gave one paper its id gave the other none."""
        behind = aliases.behind(self._session, [one, other])
        for each in self._known.homes:
            behind.setdefault(self._known.home(each), []).append(each)
        ours, theirs = (
            {registry(each), *map(registry, behind.get(each, ()))} for each in (one, other)
        )
        return not ours & theirs

    def _join(self, same: Same) -> None:
        known = self._known
        known.homes[same.gone] = same.kept
        if same.gone in known.found and same.gone not in known.stored:
            self._met.append(same)
            return
        merges.join(self._session, same, self._now, known.found.get(same.kept))
        known.stored.discard(same.gone)
        known.stored.add(same.kept)


def _spelled(batch: Batch) -> Batch:
    """The batch with each id in its one spelling."""

    def spelled(paper: Paper) -> Paper:
        one = canonical_id(paper.id)
        return paper if one == paper.id else replace(paper, id=one)

    return replace(
        batch,
        listings=tuple(
            each if (one := spelled(each.paper)) is each.paper else replace(each, paper=one)
            for each in batch.listings
        ),
        revisions=tuple(map(spelled, batch.revisions)),
        gone=tuple(map(canonical_id, batch.gone)),
        archive=frozenset(map(canonical_id, batch.archive)),
    )


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for name, paper_id in pairs:
        found.setdefault(name, set()).add(paper_id)
    return found
