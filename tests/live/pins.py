"""Cases that are known to fail, by name and with their cause. One that passes is an error as well:
its pin goes."""

import pathlib

_FILE = pathlib.Path(__file__).with_name("pins.tsv")


class Pins:
    def __init__(self):
        lines = _FILE.read_text(encoding="utf-8").splitlines()
        self._causes = dict(line.split("\t") for line in lines if line and line[0] != "#")

    def cause(self, case):
        return self._causes.get(case)

    def judge(self, case, passed):
        """(whether that was to be expected, what to call it)."""
        if case not in self._causes:
            return passed, "ok" if passed else "FAILED"
        return not passed, "PASSES" if passed else "pinned"
