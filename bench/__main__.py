"""Print every measurement of the README: `make bench`."""

from bench import pages, training

training.main()
pages.main()
