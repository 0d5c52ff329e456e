"""Events as a briefing that people read: Markdown, HTML, DOCX, PDF and Quarto, and static pictures."""

from geomapper.reporting.briefing import Briefing, brief
from geomapper.reporting.writing import REPORT_SUFFIXES, write_report

__all__ = ["REPORT_SUFFIXES", "Briefing", "brief", "write_report"]
