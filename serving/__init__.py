"""How the app reaches browsers: what is sent is small and early, and a whole class is let in."""
