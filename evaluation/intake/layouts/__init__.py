"""The ways a sheet of answers can be laid out, each in a module of its own; the one that is surest reads the sheet."""

