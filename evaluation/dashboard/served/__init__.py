"""What Streamlit runs at every press, in a folder of its own: beside a folder ``pages`` it would list those."""
