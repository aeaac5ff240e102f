"""One search for bytes that break a parser: `python -m ...fuzz_search NAME CORPUS [OPTION ...]`.

A process of its own: libFuzzer ends it.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["receiver", "desktop", "multipart", "http_sf", "cheroot"]):
    from tests.parsers import PARSERS

if __name__ == "__main__":
    parser = PARSERS[sys.argv.pop(1)]
    atheris.Setup(sys.argv, parser.try_on)
    atheris.Fuzz()
