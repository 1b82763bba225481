"""How likely the words are: arithmetic, the Scorer protocol, the masked language model."""
