"""Where papers come in. Reached only from the roof, and handed down as callables."""
