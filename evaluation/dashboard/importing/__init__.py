"""The parts of the import page: what the worker has decided, what was understood by it, and one module a step."""
