"""What is in a file that somebody brings: its bytes in, a table of numbers and classes out, or a sentence why not."""
