"""casus: a security guarantee put to the test.

Who owes what to whom and why, by which chain a state is drawn into a war, what the
parties then do, which assumption decides. The package asks the program ``casus``, which
comes with it, and gives its findings as objects.

    >>> import casus_lab as casus
    >>> print(casus.states("FRA", date="1914-07-28"))
    FRA France cow 220, cowabb FRN, gw 220, gwabb FRN, gwmember, member
    <BLANKLINE>
    iso3 covers since 1974-01-01; what it would say of 1914-07-28 is not known.
"""

from . import _findings as findings
from ._ask import (
    Matrix,
    Run,
    analyse,
    ask,
    cases,
    chains,
    check,
    cite,
    claims,
    close,
    conflicts,
    convergence,
    cut,
    diff,
    discover,
    elicit,
    flip,
    frame,
    graph,
    ladder,
    matrix,
    names,
    owed,
    past,
    reach,
    read,
    resting,
    robust,
    run,
    sense,
    spend,
    states,
    suppose,
    value,
    walk,
    why,
    why_not,
)
from ._base import Basis, Caution, Estimate, Finding, Part
from ._errors import (
    CasusError,
    Mistake,
    ModelError,
    ProgramError,
    ProgramNotFound,
    QuestionError,
    Remark,
)
from ._frames import Columns, ParquetTable
from ._program import program
from ._session import Session

__all__ = [
    "Basis",
    "CasusError",
    "Caution",
    "Columns",
    "Estimate",
    "Finding",
    "Matrix",
    "Mistake",
    "ModelError",
    "ParquetTable",
    "Part",
    "ProgramError",
    "ProgramNotFound",
    "QuestionError",
    "Remark",
    "Run",
    "Session",
    "analyse",
    "ask",
    "cases",
    "chains",
    "check",
    "cite",
    "claims",
    "close",
    "conflicts",
    "convergence",
    "cut",
    "diff",
    "discover",
    "elicit",
    "findings",
    "flip",
    "frame",
    "graph",
    "ladder",
    "matrix",
    "names",
    "owed",
    "past",
    "program",
    "reach",
    "read",
    "resting",
    "robust",
    "run",
    "sense",
    "spend",
    "states",
    "suppose",
    "value",
    "walk",
    "why",
    "why_not",
]
