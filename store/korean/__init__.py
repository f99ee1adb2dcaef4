"""Korean: sentences, key sentences, keywords, figures, names, 초성. Only `store.korean.kiwi` loads Kiwi."""

EXTRACTOR = 5
"""Version of the extractor. Extracts of another version are made again."""
