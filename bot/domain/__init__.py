"""What the bot thinks: values and pure functions. Time is an argument."""
