"""What messages and editions were made with, when one of their papers turns out to be another."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Content: TypeAlias = dict[str, Any]

_OF_PAPERS = ("also", "posted", "versions")  # what a group or an alert says of papers, by their ids


def renamed(content: Mapping[str, Any], old: str, new: str) -> Content:
    """The content with one paper in the place of another, once where it has both."""
    if new in _papers(content):
        return without(content, old)
    told = {**content, **_by_paper(content, old, new)}
    if "groups" in content:
        told["groups"] = [_group(each, old, new) for each in content["groups"]]
    if "picks" in content:
        told["picks"] = [
            {**each, "paper": new} if each["paper"] == old else each for each in content["picks"]
        ]
    if content.get("paper") == old:
        told["paper"] = new
    return told


def without(content: Mapping[str, Any], gone: str) -> Content:
    """The content without one of its papers; a topic that has no other goes with it."""
    told = dict(content)
    if "groups" in content:
        left = [_group_without(each, gone) for each in content["groups"]]
        told["groups"] = [each for each in left if each["papers"]]
    if "picks" in content:
        told["picks"] = [each for each in content["picks"] if each["paper"] != gone]
    return told


def says_nothing(content: Mapping[str, Any]) -> bool:
    """Whether an alert has no paper left."""
    return "groups" in content and not content["groups"]


def _papers(content: Mapping[str, Any]) -> set[str]:
    groups = content.get("groups", ())
    told = {paper for each in groups for paper in (*each["papers"], *each["rest"])}
    return told | {each["paper"] for each in content.get("picks", ())}


def _group(group: Mapping[str, Any], old: str, new: str) -> Content:
    lists = {
        name: [new if each == old else each for each in group[name]] for name in ("papers", "rest")
    }
    return {**group, **lists, **_by_paper(group, old, new)}


def _group_without(group: Mapping[str, Any], gone: str) -> Content:
    """What was only counted moves up."""
    size = len(group["papers"])
    left = [each for each in (*group["papers"], *group["rest"]) if each != gone]
    return {**group, "papers": left[:size], "rest": left[size:]}


def _by_paper(content: Mapping[str, Any], old: str, new: str) -> Content:
    return {
        name: {new if each == old else each: said for each, said in content[name].items()}
        for name in _OF_PAPERS
        if name in content
    }
