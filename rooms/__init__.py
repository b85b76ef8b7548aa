"""Rooms in which a class tries and predicts together: kept in one database for all server processes, for a day."""
