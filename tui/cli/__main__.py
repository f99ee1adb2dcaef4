"""`python -m tui.cli`: the same as `mitjul`."""

from tui.cli import main

main()
