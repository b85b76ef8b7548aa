"""Print every measurement: `make bench`."""

from bench import pages, sweep, training

training.main()
sweep.main()
pages.main()
