"""The schema's history. Each step runs on SQLite and PostgreSQL, up and down."""
