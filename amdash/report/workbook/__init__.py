"""The scorecard as a workbook to work on: sheets, their cells, colours and charts."""
