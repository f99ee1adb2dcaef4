"""What leaves the library and comes back: Markdown, W3C JSON-LD, CSV."""
