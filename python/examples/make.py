"""Writes question_to_picture.ipynb from the cells below, without outputs, so that a
change can be read: python examples/make.py"""

import json
from pathlib import Path

CELLS = [
    ("markdown", """# From the question to a picture

Which guarantee for Ukraine keeps the peace, and which draws its guarantors into a war?
Four packages, three schools of thought, a few worlds: enough to see the way, not to rely on. It needs pandas with pyarrow."""),
    ("code", """import casus_lab as casus"""),
    ("markdown", """## What the law says first

British soldiers in Kyiv are attacked. Must the Alliance come? What is not given counts as not known."""),
    ("code", """w = casus.why("RUS", "GBR", object="forces", at="kyiv", date="2026-02-01")
answers = casus.frame(w.answers).pandas()
answers[answers.article == "NAT.5"].groupby("status").debtor.agg(["size", "first"])"""),
    ("markdown", """Not owed, and `why` names the article that says so. What would change that?"""),
    ("code", """casus.why_not("NAT.5", "RUS", "GBR", object="forces", at="kyiv", date="2026-02-01", debtor="FRA", size=1)"""),
    ("markdown", """## What the parties then do"""),
    ("code", """run = casus.run("ukraine", worlds=64, options=["plain", "monitors", "europe", "membership"])
run"""),
    ("markdown", """Every world is a row. The same worlds are played for every option, so that two can be held against each other world by world."""),
    ("code", """m = run.measures.pandas()
m = m[~m.option.str.contains("/")]
print({name: run.measures.columns[name]["title"] for name in ("peace", "nato_war")})
m.pivot_table(index="option", columns="view", values="peace", aggfunc="median").round(2)"""),
    ("markdown", """## Which is robust, and a picture of it"""),
    ("code", """picture = casus.robust(run, measures=["peace", "nato_war"], between=("europe", "monitors"))
picture.save_picture("robust.svg")
picture"""),
    ("markdown", """## Which assumption decides"""),
    ("code", """casus.sense(run, options="europe", measures="peace")"""),
]


def notebook() -> str:
    cells = []
    for i, (kind, text) in enumerate(CELLS):
        cell = {"cell_type": kind, "id": f"cell-{i:02}", "metadata": {}, "source": text.splitlines(keepends=True)}
        if kind == "code":
            cell |= {"execution_count": None, "outputs": []}
        cells.append(cell)
    meta = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    return json.dumps({"cells": cells, "metadata": meta, "nbformat": 4, "nbformat_minor": 5}, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    (Path(__file__).parent / "question_to_picture.ipynb").write_text(notebook(), encoding="utf-8")
