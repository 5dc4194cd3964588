"""Daily Papers for Slack."""
