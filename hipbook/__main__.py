"""`python -m hipbook` is `hipbook`."""

import sys

from hipbook.cli import main

if __name__ == "__main__":
    sys.exit(main())
