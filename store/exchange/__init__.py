"""What leaves the library and comes back: Markdown, W3C JSON-LD, CSV, HTML, citations.

Nothing heavy is imported here; each form has a module of its own.
"""
