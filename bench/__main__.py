"""Print every measurement: `make bench`."""

from bench import classroom, dragging, pages, sweep, training

training.main()
sweep.main()
classroom.main()
pages.main()
dragging.main()
