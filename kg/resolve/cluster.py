"""Clusters that grow by reasons and stop at what cannot be one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final, Generic, TypeVar

T = TypeVar("T")
_SHOWN: Final = 4


class Clusters(Generic[T]):
    """A partition of members, at first each alone. It depends on the members and the joins asked for, in their order;
    callers ask in an order that comes from content.

    Args:
        members: in an order that comes from content; the first of a cluster is its anchor.
        conflict: true when two groups of members cannot be one.
    """

    def __init__(self, members: Sequence[T], conflict: Callable[[Sequence[T], Sequence[T]], bool]) -> None:
        self._members = members
        self._conflict = conflict
        self._home = list(range(len(members)))
        self._groups: dict[int, list[int]] = {i: [i] for i in range(len(members))}
        self._reasons: dict[int, list[str]] = {i: [] for i in range(len(members))}

    def __iter__(self) -> Iterator[tuple[list[T], list[str]]]:
        """Each cluster's members (anchor first) and the reasons of its joins, in order of the anchors."""
        for home in sorted(self._groups):
            yield self.members(home), sorted(set(self._reasons[home]))

    def members(self, home: int) -> list[T]:
        return [self._members[i] for i in self._groups[home]]

    def homes(self) -> list[int]:
        """The clusters, each by the position of its anchor."""
        return sorted(self._groups)

    def home(self, position: int) -> int:
        return self._home[position]

    def compatible(self, first: int, second: int) -> bool:
        return first == second or not self._conflict(self.members(first), self.members(second))

    def join(self, positions: Iterable[int], reason: Callable[[Sequence[T]], str], force: bool = False) -> None:
        """Join the clusters of these members, one after the other, each into the first that it can be one with.

        Args:
            reason: says why, from the members at ``positions`` that were joined.
            force: join whatever speaks against it.
        """
        placed: list[list[int]] = []
        for position in sorted(set(positions)):
            for group in placed:
                target = self._home[group[0]]
                if self._home[position] == target:
                    break
                if force or self.compatible(target, self._home[position]):
                    self._merge(target, self._home[position])
                    group.append(position)
                    break
            else:
                placed.append([position])
        for group in placed:
            if len(group) > 1:
                self._reasons[self._home[group[0]]].append(reason([self._members[i] for i in group]))

    def _merge(self, first: int, second: int) -> None:
        low, high = sorted((first, second))
        for position in self._groups[high]:
            self._home[position] = low
        self._groups[low] = sorted(self._groups[low] + self._groups.pop(high))
        self._reasons[low] += self._reasons.pop(high)


def listed(names: Iterable[str]) -> str:
    """A short list for a reason: the first few articles and how many there are."""
    unique = sorted(set(names))
    shown = "、".join(unique[:_SHOWN])
    return f"{shown} 等 {len(unique)} 篇" if len(unique) > _SHOWN else shown
