"""PURE: the styles of the printed protocol: black serif text, thin rules, a sans for table heads."""

from dataclasses import replace
from typing import Final

from budgetproto.protocol.typesetting.style import TextStyle

BODY: Final = TextStyle()
TITLE: Final = TextStyle("bold", 15, 18.5, "center", "H1", before=10, after=3)
OVERLINE: Final = TextStyle("text", 11.5, 14, "center", after=1)
NUMBER: Final = TextStyle("bold", 12, 15, "center", after=6)
THIS_TEXT: Final = replace(OVERLINE, size=10, leading=12, after=8)
SECTION: Final = TextStyle("bold", 13, 16, role="H1", before=16, after=5, keep=True)
SUBSECTION: Final = TextStyle("bold", 11, 13.5, role="H2", before=9, after=3, keep=True)
LIST: Final = replace(BODY, indent=14, after=3)
ANSWER: Final = replace(BODY, size=10, leading=11.7, after=4)
NOTE: Final = TextStyle(size=9.5, leading=11.5, after=3)
UNIT_NOTE: Final = replace(NOTE, keep=True)
WARNING: Final = TextStyle("bold", 10.5, 13, before=4, after=4)
EXACT: Final = TextStyle(size=9.5, leading=11.8, after=2)

HEAD: Final = TextStyle("head", 9, 10.6, role="TH")
HEAD_RIGHT: Final = replace(HEAD, align="right")
CELL: Final = TextStyle(size=9.5, leading=11.2, role="TD")
CELL_BOLD: Final = replace(CELL, face="bold")
#: What stands beside a column of figures keeps off it.
BESIDE: Final = 7
HEAD_BESIDE: Final = replace(HEAD, indent=BESIDE)
PART: Final = TextStyle("bold", 11, 13.5, before=4, after=0, role="TD")
INSET: Final = replace(CELL, indent=8)
FIGURE: Final = replace(CELL, align="right", whole_words=True)
FIGURE_BOLD: Final = replace(FIGURE, face="bold")
FOOT: Final = TextStyle(size=8, leading=9.6, role="Artifact")
FOOT_RIGHT: Final = replace(FOOT, align="right")
