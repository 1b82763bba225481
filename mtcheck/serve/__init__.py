"""The HTTP API and the review page of a desk."""
