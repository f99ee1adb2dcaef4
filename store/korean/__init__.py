"""Korean: sentences, key sentences, keywords, figures, names, 초성. Only `store.korean.kiwi` loads Kiwi."""

EXTRACTOR = 4
"""Version of the extractor. Extracts of another version are made again."""
