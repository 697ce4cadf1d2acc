"""``python -m copilot`` is ``coach``."""

from copilot.cli.main import main

if __name__ == "__main__":
    main()
