"""The parts of the page of one's own practices: the list, the editor, own questions, and definitions as files."""
