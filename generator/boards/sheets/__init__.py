"""The records as an Excel workbook, and back: out, in, and what a workbook changes."""
