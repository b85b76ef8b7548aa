"""The neuron, its training and the theory of both: NumPy only, no web page in sight."""
