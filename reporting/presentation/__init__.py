"""Figures in words, tables and drawings: the same for the screen and for the PDF, in the language of the moment.

Everything starts from what `counting.count_figures` returned, read back from JSON.
"""

from reporting.presentation.coverage import cell_title, cell_url, coverage_table, gaps
from reporting.presentation.drawings import trajectory
from reporting.presentation.pages import dashboard_context, report_context
from reporting.presentation.results import result_parts, result_table
from reporting.presentation.tables import (
    budget_lines,
    budget_tables,
    expense_table,
    person_table,
    progress_word,
    report_rows,
    stored_count,
)
from reporting.presentation.words import month_of, verdict

__all__ = [
    "budget_lines",
    "budget_tables",
    "cell_title",
    "cell_url",
    "coverage_table",
    "dashboard_context",
    "expense_table",
    "gaps",
    "month_of",
    "person_table",
    "progress_word",
    "report_context",
    "report_rows",
    "result_parts",
    "result_table",
    "stored_count",
    "trajectory",
    "verdict",
]
