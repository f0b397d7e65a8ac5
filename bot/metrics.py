"""What the bot measures of itself, for `/metrics` in Prometheus' format."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Measures:
    """Counts and times of answers; one registry each, so that two apps in one process don't mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._answers = Counter("zhouzhi_answers", "Answers by kind", ["kind", "found"], registry=self.registry)
        self._failures = Counter("zhouzhi_failures", "Questions that ended in an error", registry=self.registry)
        self._seconds = Histogram(
            "zhouzhi_answer_seconds", "Time from question to message", buckets=_SECONDS, registry=self.registry
        )

    def answered(self, kind: str, found: bool, seconds: float) -> None:
        """Note one answer."""
        self._answers.labels(kind, str(found).lower()).inc()
        self._seconds.observe(seconds)

    def failed(self) -> None:
        """Note a question that ended in an error."""
        self._failures.inc()
