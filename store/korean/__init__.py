"""Korean: sentences, key sentences, keywords, figures, names, 초성. Only `store.korean.kiwi` loads Kiwi."""
