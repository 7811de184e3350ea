"""Check many inputs, chunk by chunk, in one process or in several; the result is the same.

Every process goes through the inputs in the same order and takes its turn: small files whole, big
ones chunk by chunk. A turn that is another's is read past, which costs a tenth of checking it and
saves sending items from process to process. Results come back in order, and a full pipe holds a
process up, so that memory does not grow with the input.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from culture_lint.errors import CultureLintError, SourceError
from culture_lint.gate.gates import Gates
from culture_lint.gate.totals import Totals
from culture_lint.results import ItemReport
from culture_lint.sources.items import Item, Notice

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from culture_lint.session import Session
    from culture_lint.targets import Job

#: Items of a chunk: a part of the work, and of what is sent at once.
CHUNK = 512
#: Files from this size on (bytes) are shared out chunk by chunk.
BIG = 1_000_000
#: Input below this size (bytes) is done before other processes have started.
WORTH_IT = 4_000_000


#: Turns a report into what a reporter will write of it, None for nothing; done where the item was
#: checked, so that it can be sent to another process.
Prepare = Callable[[ItemReport], Any]


@dataclass(slots=True)
class Part:
    """What came of some items of one input, in order.

    ``special`` are the reports that somebody has to see whole: those with suppressions, or all
    where a baseline is used. ``chunk`` is its number in the input, ``line`` where its last item starts; ``ends`` tells that the input
    is done, ``error`` that it could not be read to its end.
    """

    job: int
    totals: Totals
    gates: Gates
    prepared: list[Any] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    special: list[ItemReport] = field(default_factory=list)
    unplaced: dict[str, str | None] = field(default_factory=dict)
    chunk: int = 0
    line: int = 0
    ends: bool = False
    error: SourceError | None = None


class Pipeline:
    """Check the jobs of a session and yield their parts in order.

    Args:
        session: The engines.
        jobs: What to check.
        prepare: Makes what to do with a report where it was checked.
        gates: Makes empty gates.
        start: Job and number of its chunks to begin with: all before are done already.
    """

    def __init__(
        self,
        session: Session,
        jobs: Sequence[Job],
        prepare: Callable[[], Prepare],
        gates: Callable[[], Gates],
        start: tuple[int, int] = (0, 0),
    ) -> None:
        self._session = session
        self._jobs = jobs
        self._prepare = prepare
        self._gates = gates
        self._start = start

    def parts(self, processes: int = 1) -> Generator[Part, None, None]:
        """Yield the parts in the order of the input.

        Raises:
            CultureLintError: What checking raises, or when a process dies.
        """
        if processes > 1:
            yield from _gathered(self, processes)
        else:
            yield from self.turns(0, 1)

    def turns(self, mine: int, processes: int) -> Iterator[Part]:
        """Yield the parts of the turns that are those of one process."""
        prepare = self._prepare()
        turn = 0
        first_job, first_chunk = self._start
        for number, job in enumerate(self._jobs):
            if number < first_job:
                continue
            skipped = first_chunk if number == first_job else 0
            if not skipped and _size(job) < BIG:
                if turn % processes == mine:
                    yield self._whole(number, job, prepare)
                turn += 1
                continue
            from culture_lint.session import read

            for count, (chunk, ends, error) in enumerate(_chunks(read(job))):
                if count < skipped:
                    if ends:  # the input has changed: nothing is left of it
                        yield self._empty(number)
                    continue
                if turn % processes == mine:
                    part = self._part(number, job, self._session.check_parts(job, chunk), prepare)
                    part.chunk, part.ends, part.error = count, ends, error
                    yield part
                turn += 1

    @property
    def jobs(self) -> Sequence[Job]:
        """What is checked."""
        return self._jobs

    @property
    def first(self) -> int:
        """The number of the job to begin with."""
        return self._start[0]

    def _empty(self, number: int) -> Part:
        part = Part(number, Totals({}), self._gates())
        part.ends = True
        return part

    def _whole(self, number: int, job: Job, prepare: Prepare) -> Part:
        part = Part(number, Totals({}), self._gates())
        try:
            self._fill(part, job, self._session.check(job), prepare)
        except SourceError as error:
            part.error = error
        part.ends = True
        return part

    def _part(
        self, number: int, job: Job, found: Iterable[ItemReport | Notice], prepare: Prepare
    ) -> Part:
        part = Part(number, Totals({}), self._gates())
        self._fill(part, job, found, prepare)
        return part

    def _fill(
        self, part: Part, job: Job, found: Iterable[ItemReport | Notice], prepare: Prepare
    ) -> None:
        thresholds = (job.settings.fail_on, job.settings.min_cai)
        watched = job.settings.baseline is not None
        totals, gates, prepared = part.totals, part.gates, part.prepared
        try:
            for one in found:
                if isinstance(one, Notice):
                    part.notices.append(one)
                    continue
                totals.add(one)
                gates.add(one, thresholds)
                if watched or one.directives:
                    part.special.append(one)
                ready = prepare(one)
                if ready is not None:
                    prepared.append(ready)
                part.line = one.line
        finally:
            part.unplaced = dict(self._session.unplaced)


def _size(job: Job) -> int:
    """Return the bytes of an input, 0 for one that cannot be read."""
    data = job.source.data
    if data is not None:
        return len(data)
    try:
        return os.path.getsize(job.source.path)
    except OSError:
        return 0


def _chunks(
    parts: Iterator[Item | Notice],
) -> Iterator[tuple[list[Item | Notice], bool, SourceError | None]]:
    """Yield chunks, each with whether it is the last and what ended the input, if anything did."""
    error: SourceError | None = None
    held: list[Item | Notice] | None = None
    while True:
        chunk: list[Item | Notice] = []
        try:
            # Grown one by one, so that what was read before an error is not lost.
            chunk.extend(islice(parts, CHUNK))
        except SourceError as found:
            error = found
        if held is not None and (chunk or error is None):
            yield held, not chunk, None
            if not chunk:
                return
        elif held is not None:
            yield held, True, error
            return
        held = chunk
        if error is not None or not chunk:
            yield chunk, True, error
            return


def processes_for(wanted: int, jobs: Sequence[Job]) -> int:
    """Return how many processes to use: those wanted, or for 0 as many as pay."""
    if wanted:
        return wanted
    if sum(map(_size, jobs)) < WORTH_IT:
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


# -- several processes ------------------------------------------------------------------------


def _gathered(pipeline: Pipeline, processes: int) -> Iterator[Part]:
    import multiprocessing

    # A forked process has the rulesets already; elsewhere each loads them from the cache.
    method = "fork" if sys.platform == "linux" else "spawn"
    context: Any = multiprocessing.get_context(method)
    ends: list[Connection] = []
    workers = []
    try:
        for mine in range(processes):
            mouth, end = context.Pipe(duplex=False)
            # A fork inherits the ends of the pipes before its own, and must not keep them open.
            worker = context.Process(
                target=_work, args=(pipeline, mine, processes, end, (*ends, mouth)), daemon=True
            )
            workers.append(worker)
            ends.append(mouth)
            with _uninterrupted():
                worker.start()
            end.close()
        turn = 0
        for _ in range(pipeline.first, len(pipeline.jobs)):
            done = False
            while not done:
                part = _received(ends[turn % processes])
                turn += 1
                done = part.ends
                yield part
    finally:
        for mouth in ends:
            mouth.close()
        for worker in workers:
            if worker.pid is not None:
                worker.terminate()
                worker.join()


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Put Ctrl-C off while a process starts, or it might be left behind unknown."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _received(mouth: Connection) -> Part:
    try:
        found = mouth.recv()
    except EOFError:
        raise CultureLintError(
            "a process that was checking has died, perhaps for lack of memory; "
            "`--jobs 1` needs the least"
        ) from None
    if isinstance(found, Part):
        return found
    raise found


def _work(
    pipeline: Pipeline, mine: int, processes: int, end: Connection, others: Sequence[Connection]
) -> None:
    import signal

    # Ctrl-C reaches all processes of a terminal; the first one tells the others to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform == "linux":
        for other in others:
            other.close()
    try:
        for part in pipeline.turns(mine, processes):
            end.send(part)
    except BrokenPipeError:
        return
    except CultureLintError as error:
        end.send(error)
    except Exception as error:
        import traceback

        end.send(RuntimeError(f"{type(error).__name__}: {error}\n{traceback.format_exc()}"))
    finally:
        end.close()
