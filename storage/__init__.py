"""What the bot remembers: an open session in, domain values out; rows stay here."""
