"""From bytes to a page: decode, find the article in the furniture, keep every line left out with its reason."""
