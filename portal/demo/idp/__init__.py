"""An identity provider to try SPID and CIE with: a small process of its own beside the demo, for made-up people.

Whoever asks is whom they pick: so it exists in demo mode alone, on this machine alone, with keys and a
database that are made anew at each start.
"""
