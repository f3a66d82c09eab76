"""Watches the time of a piece of work and the memory that this process and its children take meanwhile."""

import threading
import time
from types import TracebackType

import psutil

LOOK_EVERY = 0.01
MEBIBYTE = 2**20


class Watch:
    """Measures what is done inside ``with``: ``seconds``, and the peaks of memory in MiB."""

    def __enter__(self) -> "Watch":
        """Begin to look."""
        self.parent = self.child = 0.0
        self._process = psutil.Process()
        self.at_start = self._process.memory_info().rss / MEBIBYTE
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        self._began = time.perf_counter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop looking."""
        self.seconds = time.perf_counter() - self._began
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(LOOK_EVERY):
            self.parent = max(self.parent, self._process.memory_info().rss / MEBIBYTE)
            for child in self._process.children():
                try:
                    self.child = max(self.child, child.memory_info().rss / MEBIBYTE)
                except psutil.NoSuchProcess:
                    continue
