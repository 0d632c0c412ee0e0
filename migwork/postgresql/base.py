"""The connection to the database. Django takes `DatabaseWrapper` from here (settings, `ENGINE`)."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Sees without asking whether a connection that was kept is still alive."""

    def is_usable(self):
        """A server that ended the connection has left word of it in the socket; while there is nothing, it lives.

        Django sends `SELECT 1` and waits for the answer, on each page. That notices no more than this: a server that
        vanished without a word leaves both of them waiting.
        """
        return (self.connection is not None and self._is_silent()) or super().is_usable()

    def _is_silent(self):
        pgconn = self.connection.pgconn
        if self.connection.closed or pgconn.transaction_status != TransactionStatus.IDLE:
            return False
        poll = select.poll()
        poll.register(pgconn.socket, select.POLLIN)
        return not poll.poll(0)
