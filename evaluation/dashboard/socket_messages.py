"""Which messages of a page reach Streamlit: those that the dashboard's own pages send."""

from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from streamlit.proto.BackMsg_pb2 import BackMsg

# Streamlit also takes messages that clear what it remembers for everybody, read the folder of the source and write
# into it, from whoever has opened a socket. No page of the dashboard sends them.
KINDS = frozenset({"rerun_script", "stop_script", "file_urls_request", "app_heartbeat", "backend_operation_request"})
OPERATIONS = frozenset({"deferred_file", "dataframe_chunk"})


def page_message(content: bytes) -> BackMsg | None:
    """Return a message that a page of the dashboard sends; None for any other."""
    message = BackMsg()
    try:
        message.ParseFromString(content)
    except DecodeError:
        return None
    kind = message.WhichOneof("type")
    if kind == "backend_operation_request":
        return message if message.backend_operation_request.WhichOneof("payload") in OPERATIONS else None
    return message if kind in KINDS else None
