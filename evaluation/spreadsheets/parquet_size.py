"""How much memory the rows of a Parquet file take once they are decoded: a small file may repeat one text for ever."""

import pyarrow as pa
import pyarrow.parquet as pq

from evaluation.spreadsheets.model import Unreadable

# So many rows are decoded at once: a text of a megabyte that all of them repeat is found out early.
ROWS_AT_ONCE = 256


def decoded_bytes(content: bytes, most: int) -> int:
    """Return how many bytes all rows of a Parquet file take; raises Unreadable too_large beyond ``most``."""
    size = 0
    file = pq.ParquetFile(pa.BufferReader(content))
    for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, use_threads=False):
        size += batch.nbytes
        if size > most:
            raise Unreadable("too_large")
    return size
