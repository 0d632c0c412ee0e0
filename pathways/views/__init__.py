"""Pages: the public catalogue, enrolling, the partner's workspace."""
