"""What is true: articles, annotations, Korean, files. Knows no screen.

Data flows one way: bytes → article → extracts → store → screen. `store.library.Library` is the one door.
"""
