"""What Streamlit runs at every press, in a separate folder: beside a folder ``pages`` it would list those."""
