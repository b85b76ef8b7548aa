"""Print every measurement: `make bench`."""

from bench import classroom, dragging, live, pages, sweep, training

training.main()
sweep.main()
classroom.main()
pages.main()
dragging.main()
live.main()
