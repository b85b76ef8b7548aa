"""Sections of pages: each shows one thing, with its figure, its table and its words."""
