"""The SQLite database: schema and migrations, connections, and one module of SQL per subject. SQL lives here only."""
