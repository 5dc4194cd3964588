"""What the bot does: each call opens and owns its transactions; no network inside one."""
