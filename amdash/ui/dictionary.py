"""Parts of the dictionary: the index that the search narrows, and the entry of a KPI or of a group of words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from amdash.i18n import LANGUAGES, N_, Translator, formats, translator
from amdash.i18n.words import FAMILIES
from amdash.metrics.spec import Kpi
from amdash.schema import TABLES
from amdash.service import dictionary, scorecards
from amdash.service.dictionary import Entry, Example
from amdash.ui import entry_exports, explained, session, tables, views
from amdash.ui.component import show
from amdash.ui.markup.dictionary import Choice, entry, index, words
from amdash.ui.markup.lists import heading, table
from amdash.ui.markup.marks import aim
from amdash.ui.terms import Term

_WORD, _KPI = "word:", "kpi:"
_UNITS = {"ratio": N_("per cent"), "points": N_("points from −100 to 100"), "hours": N_("hours"), "money": N_("money"), "customers": N_("customers")}
_SHOWN = 4


def looked_up(terms: Mapping[str, Term]) -> str:
    """What is open: 'word:verdict' or 'kpi:csat'."""
    word = session.kept("word")
    return f"{_WORD}{word}" if word in terms else f"{_KPI}{session.current_kpi(())}"


def look_up(go: str) -> None:
    """Open an entry; a KPI is the one that other pages show, too."""
    kind, _sign, name = go.partition(":")
    if f"{kind}:" == _KPI:
        session.choose(kpi=name, word=None)
    else:
        session.choose(word=name)


def contents(terms: Mapping[str, Term], text: str, _: Translator) -> list[tuple[str, list[Choice]]]:
    """The index: KPIs by family, then the words; of each only what holds a text, in either language."""
    sought = text.strip().casefold()
    found = [
        (_(title), [Choice(f"{_KPI}{kpi.id}", _(kpi.name)) for kpi in scorecards.kpis() if kpi.category == family and _holds(kpi, sought)])
        for family, title in FAMILIES.items()
    ]
    return [*found, (_("Marks and words"), [Choice(f"{_WORD}{name}", term.title) for name, term in terms.items() if term.holds(sought)])]


def _holds(kpi: Kpi, sought: str) -> bool:
    said = (kpi.name, kpi.short, kpi.meaning, kpi.formula, kpi.source)
    return any(sought in translator(language)(text).casefold() for text in said for language in LANGUAGES)


def choose(found: Sequence[tuple[str, Sequence[Choice]]], now: str, _: Translator) -> None:
    """The index as a list, on a phone as a box: there a list would push its entry off the screen."""
    choices = {one.go: one.name for _title, lines in found for one in lines}
    if not choices:
        st.markdown(f":gray[{_('Nothing here is called that. Try a shorter word.')}]")
    elif not views.is_phone():
        show(index(found, now, _("Contents")), key="index", on_go=look_up)
    else:
        key = session.worded("dictionary_entry")
        st.selectbox(
            _("Contents"),
            list(choices),
            index=list(choices).index(now) if now in choices else None,
            placeholder=_.plural("{n} found", "{n} found", len(choices)),
            format_func=choices.__getitem__,
            key=key,
            label_visibility="collapsed",
            on_change=lambda: look_up(st.session_state[key]),
        )


def shown(now: str, terms: Mapping[str, Term], _: Translator) -> None:
    """The entry that is open."""
    kind, _sign, name = now.partition(":")
    if f"{kind}:" == _WORD:
        term = terms[name]
        show(words(term.title, term.said, term.explained, term.note), key="entry", measures=True)
        if name in ("tiers", "score"):
            st.page_link("pages/settings.py", label=_("Settings"), icon=":material/tune:")
        return
    found = explained.entry(name)
    kpi = found.kpi
    show(entry(_(kpi.name), _(FAMILIES[kpi.category]), _(kpi.meaning), _terms(found, _)), key="entry", measures=True)
    _history(found, _)
    with st.container(horizontal=True, gap="medium"):
        st.page_link("pages/trends.py", label=_("Its trend"), icon=":material/show_chart:")
        st.page_link("pages/targets.py", label=_("Its targets"), icon=":material/flag:")
        if found.example is None:
            st.page_link("pages/upload.py", label=_("Upload my sheet"), icon=":material/upload:")


def _terms(found: Entry, _: Translator) -> list[tuple[str, str | Sequence[str]]]:
    kpi = found.kpi
    better = _("higher is better") if kpi.higher_is_better else _("lower is better")
    fewest = _.plural("{n} case; below that it says “too few”", "{n} cases; below that it says “too few”", kpi.min_sample)
    return [
        (_("Formula"), _(kpi.formula)),
        (_("Example"), example_words(kpi, found.example, _)),
        (_("Target"), _aims(found, _)),
        (_("Direction"), f"{better}{_.clause}{_('in {unit}', unit=_(_UNITS[kpi.unit]))}"),
        (_("Fewest cases"), fewest if kpi.min_sample > 1 else _("none: everything is counted")),
        (_("Score"), _("counts in the weighted score") if kpi.weighted else _("does not count in the weighted score")),
        (_("Source"), _(kpi.source)),
        (_("Columns"), [f"{_(TABLES[name].title)}{_.colon}{_columns(name, fields, _)}" for name, fields in dictionary.fed_by(kpi).items()]),
        (_("Last from"), [f"{file} · {sheet}" for file, sheet in found.sheets]),
    ]


def _columns(table_name: str, fields: Sequence[str], _: Translator) -> str:
    return _.comma.join(_(TABLES[table_name].field(name).title) for name in fields)


def example_words(kpi: Kpi, example: Example | None, _: Translator) -> str:
    """'李明，2026 年 10 月：28 份回答中有 26 份是 4 分或 5 分 = 92.9%'; how to come by one where nothing was measured."""
    if example is None:
        titles = _.comma.join(_(TABLES[name].title) for name in dictionary.fed_by(kpi) if name != "summary")
        return _("Nothing was measured yet. It needs: {tables}.", tables=titles) if titles else _("Nothing was measured yet.")
    value = formats.written(example.value, kpi.unit, _.language)
    said = _(
        kpi.example,
        numerator=_counted(example.numerator, kpi, _, above=True),
        denominator=_counted(example.denominator, kpi, _, above=False),
        n=f"{example.n:,}",
        value=value,
    )
    who = _.clause.join((example.subject or _("Everybody"), formats.month(example.month, _.language)))
    return f"{who}{_.colon}{said}" if "{value}" in kpi.example else f"{who}{_.colon}{said} = {value}"


def _counted(value: float | None, kpi: Kpi, _: Translator, *, above: bool) -> str:
    """A sum as it stands in the example."""
    if value is None:
        return formats.MISSING
    if kpi.sums == "money":
        return formats.written(value, "money", _.language)
    if kpi.sums == "hours" and above:
        return formats.written(value, "hours", _.language)
    if kpi.sums == "score":
        points = f"{value * 100:+.1f}" if above else f"{value * 100:.1f}"
        return points.replace("-", "−")
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


def _aims(found: Entry, _: Translator) -> str:
    """The targets in force, each with how many are held to it where they differ."""
    kpi = found.kpi
    if len(found.aims) <= 1:
        return aim(kpi, found.aims[0][0] if found.aims else kpi.target, _)
    return _.comma.join(_.plural("{aim} for {n} person", "{aim} for {n} people", n, aim=aim(kpi, value, _)) for value, n in found.aims)


def _history(found: Entry, _: Translator) -> None:
    """What was set before, newest first."""
    if not found.history:
        return
    kpi = found.kpi
    rows = []
    for row in found.history[:_SHOWN]:
        value = _("as for everybody else") if row.inherits else aim(kpi, row.value, _)
        rows.append([formats.month(row.from_month, _.language), value, row.subject or _("Everybody"), row.reason])
    more = len(found.history) - _SHOWN
    show(
        heading(_("Targets that were set"), _.plural("and {n} older one", "and {n} older ones", more) if more > 0 else "", small=True)
        + table([_("From"), _("Target"), _("For whom"), _("Reason")], rows, short={0, 1, 2}, flow=True),
        key="history",
    )
    tables.downloads(f"{_('Targets that were set')} · {_(kpi.name)}", *entry_exports.entries(found.history, kpi, _), key="history")
