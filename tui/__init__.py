"""What a person meets: the command line and the Textual app."""

import os

# Must be set before textual is imported: with the kitty keyboard protocol one composed Hangul commit arrives as dozens of
# keys, and iTerm2 drops it.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")

# Textual lets a sixtieth of a second pass between two paints. A key's echo is one and what the key brings about another, and somebody
# waits for it.
os.environ.setdefault("TEXTUAL_FPS", "240")
