"""Print every measurement: `make bench`."""

from bench import classroom, dragging, live, network, pages, programs, rooms, sweep, training

training.main()
programs.main()
network.main()
sweep.main()
classroom.main()
pages.main()
dragging.main()
live.main()
rooms.main()
