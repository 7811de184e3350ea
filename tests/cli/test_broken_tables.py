"""A workbook or table that cannot be read is one line; the other files are checked all the same."""

from __future__ import annotations

import zipfile

import pytest

from tests.command import LISTING, Command

pytest.importorskip("pyarrow")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("b.xlsx", b"PK\x03\x04 and no more", "damaged or cut-off"),
        ("b.xlsm", b"sku,title\nA,Cup\n", "no workbook"),
        ("b.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old XLS format"),
        ("b.parquet", b"PAR1" + b"\0" * 50, "damaged or cut-off"),
        ("b.parquet", b"", "is empty"),
    ],
)
def test_one_line_and_the_others_are_checked(
    command: Command, name: str, content: bytes, message: str
) -> None:
    command.write(name, content)
    command.write("z.csv", LISTING)
    ran = command("check", ".", "-m", "AA", "-q", code=2)
    assert ran.error.startswith("culture-lint: ")
    assert name in ran.error
    assert message in ran.error
    assert "AA/cow-joke" in ran.out


def test_a_bomb_costs_nothing(command: Command) -> None:
    with zipfile.ZipFile(command.folder / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(64):
                sheet.write(b" " * (1 << 20))
    assert (command.folder / "b.xlsx").stat().st_size < 100_000

    def bounded() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))

    ran = command("check", "b.xlsx", "-m", "AA", "-q", code=2, before=bounded)
    assert "unpacks to 64 MB" in ran.error
