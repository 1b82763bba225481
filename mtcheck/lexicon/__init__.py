"""Tables that people edit, and the loaders that check them."""
