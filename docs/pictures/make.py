"""Makes the pictures of the README from the sample data: ``python docs/pictures/make.py``, in the root of the checkout.

It needs Chromium for the page, and LibreOffice and pdftoppm for the slide.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1]))

from benchmarks.rerun import served  # noqa: E402 - the root of the checkout has to be known first
from evaluation.cli import main as command  # noqa: E402 - as above

PAGE = "practice?practice=sisu&lang=en"
# Which slide of the report shows a chart that a reader understands at once.
SLIDE = 8


def main() -> None:
    """Write ``page.png`` and ``slide.png`` beside this file."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        database = folder / "sample.duckdb"
        url = f"duckdb:///{database.as_posix()}"
        command(["sample", "--database", url])
        picture_of_page(database)
        slides = folder / "sisu.pptx"
        command(["report", "--practice", "sisu", "--lang", "en", "--database", url, "-o", str(slides)])
        picture_of_slide(slides)


def picture_of_page(database: Path) -> None:
    """Photograph the top of the page of one practice."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with served(database) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 1180}, locale="en-GB", device_scale_factor=0.8)
        page.goto(f"{address}/{PAGE}")
        page.locator(".chart svg").first.wait_for(timeout=60_000)
        # The second chart of the row is drawn after the first.
        page.wait_for_timeout(3000)
        page.screenshot(path=FOLDER / "page.png")
        browser.close()


def picture_of_slide(slides: Path) -> None:
    """Draw one slide as LibreOffice shows it."""
    office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(slides.parent), str(slides)]
    subprocess.run(office, check=True, capture_output=True)
    number = str(SLIDE)
    draw = ["pdftoppm", "-f", number, "-l", number, "-r", "70", "-png", "-singlefile"]
    subprocess.run([*draw, str(slides.with_suffix(".pdf")), str(FOLDER / "slide")], check=True)


if __name__ == "__main__":
    main()
