"""Lucene's Korean analyzer as the anchor, where Java and Debian's `liblucene8-java` are at hand."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from benchmarks.relevance import DEPTH, Run
from benchmarks.systems import System, Texts

_PROGRAM = Path(__file__).with_name("Nori.java")
_JARS = ("lucene-core-8*.jar", "lucene-analyzers-common-8*.jar", "lucene-analyzers-nori-8*.jar")


def open_system(folder: Path) -> System | str:
    """The ranking by the jars in a folder; or why there is none."""
    java = shutil.which("java")
    if not java:
        return "there is no `java`"
    jars = [next(iter(sorted(folder.glob(name))), None) for name in _JARS]
    if None in jars:
        return f"{folder} has no Lucene 8 with nori (Debian: liblucene8-java)"
    command = [java, "-cp", ":".join(map(str, jars)), str(_PROGRAM)]
    return lambda documents, questions: _rank(command, documents, questions)


def _rank(command: list[str], documents: Texts, questions: Texts) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        files = [_written(Path(folder) / name, texts) for name, texts in (("d", documents), ("q", questions))]
        done = subprocess.run([*command, *files, str(DEPTH)], capture_output=True, check=True, encoding="utf-8")
    lines = (line.split("\t") for line in done.stdout.splitlines())
    return {line[0]: line[1:] for line in lines}


def _written(file: Path, texts: Texts) -> str:
    file.write_text("".join(f"{key}\t{' '.join(text.split())}\n" for key, text in texts.items()), encoding="utf-8")
    return str(file)
