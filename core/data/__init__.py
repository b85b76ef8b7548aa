"""The data sets: what a neuron can be trained on."""
