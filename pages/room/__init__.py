"""The room of a class: who somebody is in it, what is noted of each try, and the teacher's board."""
