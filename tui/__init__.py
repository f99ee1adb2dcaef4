"""What a person meets: the command line and the Textual app."""

import os

# Must be set before textual is imported: with the kitty keyboard protocol one composed Hangul commit arrives as dozens of
# keys, and iTerm2 drops it.
os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
