"""Print every measurement: `make bench`."""

from bench import classroom, dragging, live, network, pages, sweep, training

training.main()
network.main()
sweep.main()
classroom.main()
pages.main()
dragging.main()
live.main()
