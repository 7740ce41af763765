"""Short answers to links: fairly among visitors, what is felt before the rest, each question once.

Everything answered here is a pure function of its question, so equal questions share one
computation, and the newest answers are kept.
"""

from __future__ import annotations

import asyncio
import os
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from interface.bounds import address
from packets.packet import Refused

LONGEST_QUERY = 8000
FELT, ASKED = range(2)
"""How pressing an answer is: one that a hand on a slider waits for, or any other."""


class TooMany(Exception):
    """A visitor has as many questions waiting as one may have."""


class Limits(NamedTuple):
    """What may be under way in all and for one visitor, may wait, and is kept of answers."""

    threads: int = max(2, os.cpu_count() or 2) + 1
    of_one: int = 2
    waiting_of_one: int = 200
    answers: int = 512
    answers_bytes: int = 32 * 2**20


class Places:
    """Who may work now: in the order in which they came, visitors by turns, felt things first."""

    def __init__(self, limits: Limits) -> None:
        """Begin with all places free."""
        self._limits = limits
        self._busy: Counter[str] = Counter()
        self._waiting: tuple[OrderedDict[str, deque[asyncio.Future[None]]], ...]
        self._waiting = (OrderedDict(), OrderedDict())

    async def enter(self, visitor: str, rank: int) -> None:
        """Wait for a place; raises TooMany if too much of this visitor's waits already."""
        if not self._waiting[rank] and self._free(visitor, rank):
            self._busy[visitor] += 1
            return
        own = self._waiting[rank].setdefault(visitor, deque())
        if len(own) >= self._limits.waiting_of_one:
            raise TooMany
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        own.append(called)
        self._call()
        await called

    def leave(self, visitor: str) -> None:
        """Give the place to whoever is next."""
        self._busy[visitor] -= 1
        self._busy += Counter()  # forgets whom nothing is under way for
        self._call()

    def _free(self, visitor: str, rank: int) -> bool:
        """Whether there is a place; the last one is for what is felt."""
        most = self._limits
        return self._busy.total() < most.threads - rank and self._busy[visitor] < most.of_one

    def _call(self) -> None:
        for rank in (FELT, ASKED):
            while visitor := self._next(rank):
                own = self._waiting[rank].pop(visitor)
                called = own.popleft()
                if own:
                    self._waiting[rank][visitor] = own
                if not called.done():
                    self._busy[visitor] += 1
                    called.set_result(None)

    def _next(self, rank: int) -> str | None:
        return next((who for who in self._waiting[rank] if self._free(who, rank)), None)


class Answers:
    """The newest answers, bounded in number and in bytes."""

    def __init__(self, limits: Limits) -> None:
        """Begin with none."""
        self._limits, self._size = limits, 0
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()

    def get(self, question: Hashable) -> bytes | None:
        """Return what was answered, if it is kept."""
        if question not in self._kept:
            return None
        self._kept.move_to_end(question)
        return self._kept[question]

    def keep(self, question: Hashable, answer: bytes) -> None:
        """Keep an answer, and drop the oldest beyond the bounds."""
        self._size += len(answer) - len(self._kept.pop(question, b""))
        self._kept[question] = answer
        while len(self._kept) > self._limits.answers or self._size > self._limits.answers_bytes:
            self._size -= len(self._kept.popitem(last=False)[1])

    @property
    def size(self) -> tuple[int, int]:
        """How many are kept, and their bytes."""
        return len(self._kept), self._size


class Desk:
    """Answers questions in threads of its own; used from one event loop."""

    def __init__(self, limits: Limits | None = None) -> None:
        """Open a desk."""
        limits = limits or Limits()
        self._threads = ThreadPoolExecutor(limits.threads, "answer")
        self._places, self.answers = Places(limits), Answers(limits)
        self._under_way: dict[Hashable, asyncio.Task[bytes]] = {}

    async def answer(
        self, visitor: str, rank: int, question: Hashable, work: Callable[[], bytes]
    ) -> bytes:
        """Return `work()`, which depends on the question alone; TooMany as from `Places`."""
        if (found := self.answers.get(question)) is not None:
            return found
        task = self._under_way.get(question)
        if task is None:
            task = asyncio.ensure_future(self._worked(visitor, rank, question, work))
            self._under_way[question] = task
            task.add_done_callback(lambda _: self._under_way.pop(question, None))
        return await asyncio.shield(task)

    async def _worked(
        self, visitor: str, rank: int, question: Hashable, work: Callable[[], bytes]
    ) -> bytes:
        await self._places.enter(visitor, rank)
        try:
            loop = asyncio.get_running_loop()
            found = await loop.run_in_executor(self._threads, work)
        finally:
            self._places.leave(visitor)
        self.answers.keep(question, found)
        return found


async def asked(
    desk: Desk, rank: int, request: Request, work: Callable[[], bytes]
) -> bytes | Response:
    """Return the answer to a request, which depends on its path and query alone, or a refusal.

    Work that is `Refused` says why.
    """
    if len(request.url.query) > LONGEST_QUERY:
        return PlainTextResponse("this link is too long", 414)
    question = (request.url.path, request.url.query)
    try:
        return await desk.answer(address(request.scope), rank, question, work)
    except Refused as problem:
        return PlainTextResponse(str(problem), 400)
    except TooMany:
        words = "You are asking for more at once than can be answered; please wait."
        return PlainTextResponse(words, 429, {"Retry-After": "1"})
