"""Which kind of database a connection leads to."""

from sqlalchemy import Connection

DUCKDB, POSTGRESQL = "duckdb", "postgresql"


def is_server(connection: Connection) -> bool:
    """Say whether the database is on a server, where several programs work at once."""
    return connection.dialect.name == POSTGRESQL
