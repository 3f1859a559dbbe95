"""Runs the official conformance suite against our server and says scenario by scenario what passed.

Run it with `python -m tests.conformance` where the suite's `conformance` command is on the path.
"""

import json
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

REQUIRED = {"2026-07-28": 37, "2025-11-25": 30}
"""Server scenarios that each protocol version requires; fixed by the suite."""

NOT_OFFERED = ("tasks-", "server-sse-polling")
"""Scenarios of what no version requires and we do not offer: tasks, and streams that are taken up again."""

PASSED = {"SUCCESS", "INFO"}
NOT_OURS = {
    "sep-2575-server-sends-subscription-ack",
    "sep-2575-server-tags-subscription-id",
    "sep-2575-server-honors-notification-filter",
    "sep-2575-server-sends-prompts-list-changed-on-subscription",
    "sep-2575-server-sends-tools-list-changed-on-subscription",
}
"""Checks that the suite skips since we announce nothing to subscribe to: our lists never change while the server runs."""

TEST_APP_ONLY = {"logging-set-level", "tools-call-with-logging", "resources-subscribe", "resources-unsubscribe"}
"""Scenarios that the test app passes and our server alone would not: it logs nothing to clients and has no subscriptions,
and its capabilities say so; the suite requires both of 2025-11-25 all the same."""


@dataclass(frozen=True)
class Outcome:
    """Results of one scenario's checks."""

    scenario: str
    required: bool
    passed: int
    skipped: int
    faults: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Return True if there were checks and none failed."""
        return self.passed > 0 and not self.faults

    def __str__(self) -> str:
        mark = "passed" if self.is_well else "FAILED"
        besides = "" if self.required else " (not required)"
        besides += " (in the test app only: not offered)" if self.scenario in TEST_APP_ONLY else ""
        skipped = f", {self.skipped} do not apply" if self.skipped else ""
        lines = [f"  {self.scenario:<45} {mark}: {self.passed} checks{skipped}{besides}"]
        return "\n".join([*lines, *(f"      {fault}" for fault in self.faults)])


def main() -> int:
    """Run both versions; 0 if everything required passed."""
    failed = 0
    with tempfile.TemporaryDirectory() as folder, _server() as url:
        for version, count in REQUIRED.items():
            outcomes = _run(url, version, Path(folder) / version)
            required = [outcome for outcome in outcomes if outcome.required]
            wrong = [outcome for outcome in required if not outcome.is_well]
            failed += len(wrong) + (len(required) != count)
            print(f"{version}: {len(required) - len(wrong)} of {count} required scenarios passed")
            print(*outcomes, sep="\n", flush=True)
    return 1 if failed else 0


@contextmanager
def _server() -> Iterator[str]:
    """The address of the server with the fixtures, for as long as it is needed."""
    app = [sys.executable, "-m", "tests.conformance.app"]
    with subprocess.Popen(app, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr
            text = process.stderr.readline()
            url = next((word for word in text.split() if word.startswith("http://")), None)
            if url is None:
                sys.exit(text + process.stderr.read())
            threading.Thread(target=process.stderr.read, daemon=True).start()  # a full pipe would stop the server
            yield url
        finally:
            process.terminate()


def _run(url: str, version: str, folder: Path) -> list[Outcome]:
    named = _conformance("list", "--requirements", version).stdout.partition("Client scenarios")[0]
    required = re.findall(r"^  - (\S+)", named, re.MULTILINE)
    _conformance("server", "--url", url, "--requirements", version, "-o", str(folder))
    found = {_scenario(file.parent.name): json.loads(file.read_text("utf-8")) for file in folder.glob("*/checks.json")}
    besides = sorted(name for name in set(found) - set(required) if not name.startswith(NOT_OFFERED))
    return [_outcome(name, name in required, found.get(name, [])) for name in [*required, *besides]]


def _conformance(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["conformance", *arguments], capture_output=True, encoding="utf-8", timeout=300, check=False)


def _scenario(folder: str) -> str:
    """The name in `server-NAME-2026-11-22T10-19-39-152Z`."""
    return re.sub(r"-\d{4}-\d\d-\d\dT[\d-]+Z$", "", folder.removeprefix("server-"))


def _outcome(scenario: str, required: bool, checks: list[dict[str, str]]) -> Outcome:
    skipped = [check for check in checks if check["status"] == "SKIPPED" and check["id"] in NOT_OURS]
    faults = [
        f"{check['id']}: {check['status']} {check.get('errorMessage', '')}"
        for check in checks
        if check["status"] not in PASSED and check not in skipped
    ]
    passed = sum(check["status"] == "SUCCESS" for check in checks)
    return Outcome(scenario, required, passed, len(skipped), tuple(faults))


if __name__ == "__main__":
    sys.exit(main())
