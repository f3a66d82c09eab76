"""The page that takes feedback in: drop files, see what was understood, accept; and take an import back."""

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import components, resources
from evaluation.intake import Given, read_draft
from evaluation.records import Draft, Problem, Receipt
from evaluation.store import ImportRecord, UnknownImportError

COLOURS = {"error": "red", "warning": "orange", "notice": "blue"}
LONG_LIST, LIST_HEIGHT = 12, 420
ROUND = "import_round"
OUTCOME = "import_outcome"


@dataclass(frozen=True)
class Previewed:
    """A file as it was read, and what would become of it."""

    draft: Draft
    receipt: Receipt


def show() -> None:
    """Show the uploader, the preview of what was dropped, and the imports made before."""
    words = resources.words()
    t = words.t
    st.title(t("dashboard.page_import"))
    st.write(t("dashboard.import_lead"))
    _tell_outcome(words)
    turn = st.session_state.setdefault(ROUND, 0)
    with st.expander(t("dashboard.given_title")):
        given = _ask_given(words, turn)
    components.translate_uploader()
    files = st.file_uploader(
        t("dashboard.upload_label"), type=["xlsx", "xlsm"], accept_multiple_files=True, key=f"upload_{turn}"
    )
    if files:
        _preview([(file.name, file.getvalue()) for file in files], given, words)
    _list_imports(words)


def _ask_given(words: Words, turn: int) -> Given:
    """Ask what the files themselves may not tell."""
    t, library = words.t, words.library
    st.caption(t("dashboard.given_text"))
    practices = ["", *sorted(library.practices, key=words.practice)]
    forms = ["", *library.questionnaire_ids]
    unsaid = t("dashboard.given_unsaid")
    columns = st.columns(4)
    practice = columns[0].selectbox(
        t("charts.column_practice"), practices, key=f"given_practice_{turn}",
        format_func=lambda each: words.practice(each) if each else unsaid,
    )  # fmt: skip
    form = columns[1].selectbox(
        t("dashboard.form"), forms, key=f"given_form_{turn}",
        format_func=lambda each: t.label(library.questionnaire(each).title.root) if each else unsaid,
    )  # fmt: skip
    places = library.practices[practice].municipalities if practice else library.municipalities
    municipality = columns[2].selectbox(
        t("charts.column_municipality"), ["", *places], key=f"given_municipality_{turn}",
        format_func=lambda each: each or unsaid,
    )  # fmt: skip
    cohort = columns[3].text_input(
        t("charts.column_cohort"), key=f"given_cohort_{turn}", placeholder=t("dashboard.cohort_example")
    )
    return Given(practice or None, municipality or None, cohort.strip() or None, form or None)


def _preview(files: list[tuple[str, bytes]], given: Given, words: Words) -> None:
    store, library = resources.store(), resources.library()
    previewed = []
    for name, content in files:
        draft = read_draft(content, name, library, given)
        previewed.append(Previewed(draft, store.preview(draft)))
    st.subheader(words.t("dashboard.preview_title"))
    for number, each in enumerate(previewed):
        _show_receipt(each.receipt, words, f"preview_{number}")
    acceptable = sum(each.receipt.accepted for each in previewed)
    label = words.t.plural("dashboard.accept_button", acceptable)
    if st.button(label, type="primary", disabled=not acceptable, key="accept"):
        receipts = [store.accept(each.draft) for each in previewed]
        st.session_state[OUTCOME] = sum(receipt.accepted for receipt in receipts)
        st.session_state[ROUND] += 1
        st.rerun()
    if not acceptable:
        st.caption(words.t("dashboard.nothing_to_accept"))


def _tell_outcome(words: Words) -> None:
    saved = st.session_state.pop(OUTCOME, None)
    if saved is not None:
        st.success(words.t.plural("dashboard.saved", saved), icon=":material/check_circle:")
        if st.button(words.t("dashboard.see_practices"), key="see_practices"):
            components.go_to("overview")


def _show_receipt(receipt: Receipt, words: Words, key: str) -> None:
    """Show the counts of one file, what it was recognised as, and its problems by sheet and cell."""
    t, library = words.t, words.library
    with st.container(border=True):
        forms = [t.label(library.questionnaire(form).title.root) for form in receipt.questionnaires]
        heading = f"**{components.plain(receipt.file)}**"
        st.markdown(heading + (f" – {', '.join(forms)}" if forms else ""))
        with st.container(horizontal=True, gap="medium"):
            for name in ("rows", "accepted", "rejected", "duplicates"):
                st.metric(t(f"dashboard.receipt_{name}"), t.number(getattr(receipt, name)), width="content")
        if receipt.problems:
            many = len(receipt.problems) > LONG_LIST
            with st.container(height=LIST_HEIGHT if many else "content", border=False, key=f"{key}_problems"):
                st.markdown("\n".join(f"- {_problem_line(problem, words)}" for problem in receipt.problems))
        elif receipt.rows:
            st.caption(t("dashboard.no_problems"))


def _problem_line(problem: Problem, words: Words) -> str:
    """Return a problem as a line: how bad it is, where it stands, what to do."""
    kind = f":{COLOURS[problem.severity]}[**{words.t(f'common.severity_{problem.severity}')}**]"
    place = " ".join(components.plain(part) for part in (problem.sheet, problem.cell) if part)
    return f"{kind} {f'**{place}**: ' if place else ''}{components.plain(problem.message(words.t))}"


def _list_imports(words: Words) -> None:
    """List the imports made, each with a way to take it back."""
    t = words.t
    imports = resources.store().imports()
    st.subheader(t("dashboard.imports_title"))
    if not imports:
        st.write(t("dashboard.no_imports"))
        return
    rows = [
        {
            t("dashboard.import_number"): record.import_id,
            t("dashboard.import_file"): record.file,
            t("dashboard.import_moment"): t.moment(record.accepted_at),
            t("dashboard.receipt_accepted"): record.accepted,
            t("dashboard.receipt_rejected"): record.rejected,
        }
        for record in imports
    ]
    st.dataframe(pd.DataFrame(rows), hide_index=True, key="imports", height=min(38 * (len(rows) + 1), 330))
    _undo(imports, words)


def _undo(imports: tuple[ImportRecord, ...], words: Words) -> None:
    t = words.t
    names = {record.import_id: f"{record.import_id}: {record.file}" for record in imports}
    columns = st.columns([3, 1], vertical_alignment="bottom")
    chosen = columns[0].selectbox(
        t("dashboard.undo_choose"), list(names), format_func=lambda each: names[each], key="undo_choice"
    )
    if columns[1].button(t("dashboard.undo_button"), key="undo", width="stretch"):
        st.session_state["undo_asked"] = chosen
    if st.session_state.get("undo_asked") == chosen:
        st.warning(t("dashboard.undo_sure", file=names[chosen]))
        if st.button(t("dashboard.undo_yes"), key="undo_yes", type="primary"):
            del st.session_state["undo_asked"]
            try:
                resources.store().undo(chosen)
            except UnknownImportError as gone:
                st.error(t(gone.key, **gone.values))
            st.rerun()
