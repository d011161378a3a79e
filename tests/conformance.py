"""What an independent checker says of a PDF: page (on PyPI page-validation), which passes the test corpora of veraPDF and Isartor."""

from __future__ import annotations

import re

import page

# Archival, with the structure and the text of everything (ISO 19005-2, level A), and accessible (ISO 14289-1).
PROFILES = ("2a", "ua1")


def broken_rules(pdf: bytes) -> set[str]:
    """The rules of PDF/A-2a and PDF/UA-1 that a PDF breaks; empty where it keeps them all."""
    reports = [page.validate_pdf_bytes(pdf, profile=profile) for profile in PROFILES]
    found = {(failure.rule_id, failure.object_id and failure.object_id.object_number) for report in reports for failure in report.failures}
    return {rule for rule, number in found if not ("STREAM-LENGTH" in rule and number and _ends_in_a_carriage_return(pdf, number))}


def _ends_in_a_carriage_return(pdf: bytes, number: int) -> bool:
    """page 0.11.0 takes the last byte of such a stream for half of the end of its line. The length is right where 'endstream' stands behind it."""
    head = re.search(rb"\n%d 0 obj\n<<[^>]*/Length (\d+)[^>]*>>\nstream\n" % number, pdf)
    if head is None:
        return False
    end = head.end() + int(head[1])
    return pdf[end - 1 : end + 10] == b"\r\nendstream"
