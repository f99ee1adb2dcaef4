"""The forms in which files are written: Obsidian (when none is named), Logseq, plain CommonMark."""

from __future__ import annotations

from store.exchange.commonmark import CommonMark
from store.exchange.logseq import Logseq
from store.exchange.obsidian import NOTE_ID, Preset, quoted, tag_line, yaml

PRESETS: dict[str, Preset] = {preset.name: preset for preset in (Preset(), Logseq(), CommonMark())}

__all__ = ["NOTE_ID", "PRESETS", "Preset", "quoted", "tag_line", "yaml"]
