"""Two versions of one article: which sentence is which, and what changed on the way."""
