"""The language server: findings as diagnostics in an editor, with fixes and comments to allow them."""
