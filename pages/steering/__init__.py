"""The reins of a live run: what a hand does to it while it trains, and the portions in which it is shown."""
