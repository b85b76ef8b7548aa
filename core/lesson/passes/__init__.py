"""Backward passes written out as the article writes them: the right one, and others with a typical slip each."""
