"""`python -m bot` is the same as `zhouzhi`."""

from bot.cli import main

if __name__ == "__main__":
    main(prog_name="zhouzhi")
