"""What the pages read, each in a constant number of queries."""
