"""A load that knows of every single request what became of it."""
