"""`python -m jointbuy`."""

from jointbuy.cli import main

if __name__ == "__main__":
    main()
