"""`python scripts/bench`: the command line; `--help` tells what it takes."""

import sys
from pathlib import Path

# Run as a folder, a package has to be found from outside itself; the project's own packages lie one step further out.
sys.path[:1] = [str(Path(__file__).resolve().parents[step]) for step in (1, 2)]

from bench.runs import main  # noqa: E402  (found only now)

if __name__ == "__main__":
    sys.exit(main())
