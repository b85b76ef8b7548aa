"""Print every measurement: `make bench`."""

from bench import classroom, pages, sweep, training

training.main()
sweep.main()
classroom.main()
pages.main()
