"""The cache in Redis, as Django has it, with one client instead of a new one for each question."""

from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class _KeptClient(RedisCacheClient):
    """redis-py's client copies a table of 170 entries when it is made; threads may share one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._clients = {}

    def get_client(self, key=None, *, write=False):
        pool = self._get_connection_pool(write)
        if pool not in self._clients:
            self._clients[pool] = self._client(connection_pool=pool)
        return self._clients[pool]


class Cache(RedisCache):
    """A RedisCache that keeps its client."""

    def __init__(self, server, params):
        super().__init__(server, params)
        self._class = _KeptClient
