"""The page of settings: privacy threshold, language, where the data is, backups, and data_deletion."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

import streamlit as st

from evaluation.access import Role
from evaluation.dashboard import audit_view, components, data_deletion, resources, state
from evaluation.dashboard.data_deletion import say_later, say_now
from evaluation.findings import Words
from evaluation.i18n import languages
from evaluation.settings import EVERY_PRACTICE, LANGUAGE, PRACTICES, SMALLEST_THRESHOLD, THRESHOLD, SettingRefused
from evaluation.store import SAMPLE, StoreError, unpack

LARGEST_THRESHOLD = 20
ROUND = "restore_round"


def show() -> None:
    """Show every setting under its heading; what deletes comes last, below a line."""
    words = components.begin(Role.ADMINISTRATOR, "dashboard.page_settings", "settings.lead")
    _privacy(words)
    _language(words)
    _practices(words)
    _place(words)
    _backup(words)
    _restore(words)
    audit_view.show(words)
    st.divider()
    data_deletion.show(words)


def _privacy(words: Words) -> None:
    """Show the threshold, to be changed where the environment does not say it."""
    t, settings = words.t, state.settings()
    st.subheader(t("settings.privacy_title"))
    st.write(t("settings.privacy_text"))
    if THRESHOLD in settings.fixed:
        st.info(t("settings.privacy_fixed", threshold=settings.threshold))
        return
    columns = st.columns([2, 1, 2], vertical_alignment="bottom")
    wanted = columns[0].number_input(
        t("settings.privacy_label"),
        min_value=SMALLEST_THRESHOLD,
        max_value=max(LARGEST_THRESHOLD, settings.threshold),
        value=settings.threshold,
        key="settings_threshold",
    )
    if columns[1].button(t("settings.privacy_save"), key="save_threshold", width="stretch"):
        resources.keep(THRESHOLD, int(wanted))
        say_later("privacy", t("settings.privacy_saved", threshold=wanted))
        st.rerun()
    say_now("privacy")
    st.caption(t("settings.privacy_seldom"))


def _language(words: Words) -> None:
    """Show the language that the pages open in, to be changed where the environment does not say it."""
    t, settings = words.t, state.settings()
    st.subheader(t("settings.language_title"))
    if LANGUAGE in settings.fixed:
        st.info(t("settings.language_fixed"))
        return
    st.write(t("settings.language_text"))
    st.radio(
        t("settings.language_label"),
        languages(),
        index=languages().index(settings.language),
        format_func=lambda code: state.LANGUAGE_NAMES.get(code, code),
        horizontal=True,
        key="settings_language",
        on_change=_keep_language,
        label_visibility="collapsed",
    )


def _keep_language() -> None:
    """Keep the language chosen, and show the page in it at once, before anything else."""
    chosen = str(st.session_state["settings_language"])
    try:
        resources.keep(LANGUAGE, chosen)
    except (SettingRefused, StoreError) as refused:
        st.error(state.translator()(refused.key, **refused.values))
    state.remember("lang", chosen)


def _practices(words: Words) -> None:
    """Show which practices are offered beside those in use, to be changed where the environment does not say it."""
    t, settings = words.t, state.settings()
    st.subheader(t("settings.practices_title"))
    st.write(t("settings.practices_text"))
    if PRACTICES in settings.fixed:
        st.info(t("settings.practices_fixed"))
        return
    options = sorted(words.library.current_practices, key=words.practice)
    every = EVERY_PRACTICE in settings.practices
    st.multiselect(
        t("settings.practices_label"),
        options,
        default=options if every else [name for name in settings.practices if name in options],
        format_func=words.practice,
        placeholder=t("settings.practices_none"),
        key="settings_practices",
        on_change=_keep_practices,
    )


def _keep_practices() -> None:
    """Keep the practices picked."""
    try:
        resources.keep(PRACTICES, ",".join(st.session_state["settings_practices"]))
    except (SettingRefused, StoreError) as refused:
        st.error(state.translator()(refused.key, **refused.values))


def _place(words: Words) -> None:
    """Say where the data is, how much it is, and who can read it."""
    t, facts = words.t, resources.store().facts()
    st.subheader(t("settings.place_title"))
    last = t.date(_local(facts.last_import).date()) if facts.last_import else t("settings.place_none")
    facts_by_name: dict[str, str] = {}
    if facts.file is not None and facts.size is not None:
        facts_by_name[t("settings.place_file")] = str(facts.file)
        facts_by_name[t("settings.place_size")] = t("settings.place_megabytes", size=t.number(facts.size / 1e6, 1))
    facts_by_name[t("settings.place_forms")] = t.number(facts.forms)
    facts_by_name[t("settings.place_imports")] = t.number(facts.imports)
    facts_by_name[t("settings.place_last")] = last
    _list(facts_by_name)
    st.caption(t("settings.place_who" if facts.file else "settings.place_server"))


def _list(facts_by_name: Mapping[str, str]) -> None:
    st.markdown("\n".join(f"- {name}: **{components.plain(value)}**" for name, value in facts_by_name.items()))


def _local(moment: datetime) -> datetime:
    """Return a moment of the store, which keeps universal time, as the clock on the wall."""
    return moment.replace(tzinfo=UTC).astimezone()


def _backup(words: Words) -> None:
    """Offer all data as one file."""
    t, today = words.t, datetime.now(UTC).astimezone().date()
    st.subheader(t("settings.backup_title"))
    st.write(t("settings.backup_text"))
    name = f"{t('settings.backup_file')}_{today.isoformat()}.zip"
    make = partial(resources.store().backup, today, name)
    components.offer(t("settings.backup_button"), make, name, "application/zip", "backup", first=True)
    st.caption(t("settings.backup_careful"))


def _restore(words: Words) -> None:
    """Take a backup in: say what it holds and what it would replace, and replace it when the worker says so."""
    t = words.t
    st.subheader(t("settings.restore_title"))
    say_now("restore")
    turn = st.session_state.setdefault(ROUND, 0)
    # Any file may be dropped, so that one of a wrong kind is refused in words of the toolkit.
    upload = st.file_uploader(t("settings.restore_label"), key=f"restore_{turn}")
    if upload is None:
        return
    try:
        saved = unpack(upload.getvalue())
    except StoreError as refused:
        st.error(t(refused.key, **refused.values))
        return
    facts = resources.store().facts()
    if saved.kind != resources.store().kind():
        st.error(t("store.sample_into_own" if saved.kind == SAMPLE else "store.own_into_sample"))
        return
    day = t.date(saved.made_on)
    with st.container(border=True):
        st.write(t("settings.backup_holds", day=day, forms=t.number(saved.forms), imports=t.number(saved.imports)))
        st.write(t("settings.backup_replaces", forms=t.number(facts.forms), imports=t.number(facts.imports)))
        if st.button(t("settings.restore_button"), key="restore_yes"):
            resources.store().restore(saved)
            st.session_state[ROUND] = turn + 1
            say_later("restore", t.plural("settings.restored", saved.forms))
            st.rerun()
