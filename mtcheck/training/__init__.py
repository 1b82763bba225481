"""Corpus shards -> tokenizer -> masked language model -> model folder."""
