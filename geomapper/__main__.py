"""``python -m geomapper``."""

from geomapper.cli.main import main

if __name__ == "__main__":
    main()
