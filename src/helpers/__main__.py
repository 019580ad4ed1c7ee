"""`python -m helpers` is `cuaderno`."""

from helpers.cli import main

if __name__ == "__main__":
    main()
