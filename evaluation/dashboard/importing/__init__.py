"""The parts of the import page: what the worker has said, what was understood by it, and one module for each step."""
