"""Other people's programs as writers: LibreOffice without its window, and xlsxwriter behind one short call."""

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
from wording import FOLDER


def convert(content: bytes, suffix: str, target: Path, options: str = "") -> None:
    """Let LibreOffice open ``content`` (of type ``suffix``) and save it as ``target``, by its suffix."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise SystemExit("LibreOffice is needed to make this file")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"source{suffix}"
        source.write_bytes(content)
        out = Path(folder) / "out"
        kind = target.suffix.removeprefix(".") + options
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(out), str(source)]
        subprocess.run(command, check=True, capture_output=True)
        shutil.copyfile(next(out.iterdir()), target)


def save_written(name: str, *sheets: tuple[str, Sequence[Sequence[object]]]) -> Path:
    """Write sheets (name, rows) with xlsxwriter; days become real dates. Return where they are."""
    path = FOLDER / name
    book = xlsxwriter.Workbook(path, {"default_date_format": "d.m.yyyy"})
    moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
    for title, rows in sheets:
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, place, value, moment)
                elif isinstance(value, date):
                    sheet.write_datetime(number, place, value)
                elif isinstance(value, str):
                    sheet.write_string(number, place, value)
                elif value is not None:
                    sheet.write(number, place, value)
    book.close()
    return path
