"""The facts again from the originals: the same figures, a lost blob made anew, what comes out otherwise only when told."""

from __future__ import annotations

import io
import zipfile

import pandas as pd
import sqlalchemy as sa

from amdash.service import imports, rebuilding, scorecards
from amdash.service.imports import Upload
from amdash.service.workspace import Workspace
from amdash.store import tables as t

HEADER = "日期,客户经理,金额,订单编号\n"


def put(ws: Workspace, name: str, text: str, *mapping: str) -> None:
    imports.confirm(ws, imports.preview(ws, [Upload(name, text.encode())], mapping=mapping))


def test_a_whole_history_comes_out_the_same(demo_copy: Workspace) -> None:
    ws = demo_copy
    put(ws, "外.csv", HEADER + "2026-10-01,李明,5,A1\n")
    put(ws, "外.csv", HEADER + "2026-10-01,李明,6,A1\n2026-11-01,李明,6,A2\n")
    imports.undo(ws, 2)
    before = scorecards.scorecard(ws)
    stored = {row.import_id: len(ws.store.facts_of(row.import_id)) for row in imports.history(ws)}
    result = rebuilding.rebuild(ws)
    assert result.identical
    assert {one.import_id: one.same for one in result.imports} == stored
    assert (result.revision, ws.revision()) == (None, 4)
    pd.testing.assert_frame_equal(scorecards.scorecard(ws), before)


def test_facts_that_were_lost_are_there_again(ws: Workspace) -> None:
    put(ws, "a.csv", HEADER + "2026-10-01,李明,5,A1\n")
    good = ws.store.frames(ws.store.slots())["sales"]
    with ws.store._writing() as connection:
        connection.execute(sa.update(t.facts).values(parquet=b"lost"))
    assert rebuilding.rebuild(ws).identical
    pd.testing.assert_frame_equal(ws.store.frames(ws.store.slots())["sales"], good)


def test_what_comes_out_otherwise_is_told_and_stored_only_when_asked(ws: Workspace) -> None:
    put(ws, "a.csv", HEADER + "2026-10-01,李明,5,A1\n2026-11-01,李明,7,A2\n")
    with ws.store._writing() as connection:
        connection.execute(sa.update(t.facts).where(t.facts.c.month == "2026-10").values(digest="0" * 64))
    told = rebuilding.rebuild(ws)
    assert ([(one.same, [key.month for key in one.other]) for one in told.imports], told.revision, ws.revision()) == ([(1, ["2026-10"])], None, 1)
    done = rebuilding.rebuild(ws, exchange=True)
    assert (done.revision, ws.revision()) == (2, 2)
    assert rebuilding.rebuild(ws).imports[0].same == 2
    assert scorecards.scorecard(ws, by="all", every="total", kpis=["sales_amount"])["value"].tolist() == [12]
    imports.undo(ws, 1)
    assert ws.is_empty()


def test_decisions_and_archives_are_read_as_they_were_then(ws: Workspace) -> None:
    two = "下单日期,签约日期,业务员,销售额\n2026-09-01,2026-10-09,李明,5\n"
    put(ws, "销售-2026-09.csv", two, "签约日期=sales.date")
    put(ws, "销售-2026-10.csv", two.replace("2026-10-09", "2026-11-09"))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("华东/外部.csv", HEADER + "2026-10-01,王芳,9,Z1\n")
    imports.confirm(ws, imports.preview(ws, [Upload("十月.zip", target.getvalue())]))
    assert rebuilding.rebuild(ws).identical
    assert sorted(ws.tables()["sales"]["date"].dt.strftime("%Y-%m")) == ["2026-10", "2026-10", "2026-11"]


def test_an_empty_workspace_has_nothing_to_rebuild(ws: Workspace) -> None:
    assert rebuilding.rebuild(ws) == rebuilding.Rebuild(())
