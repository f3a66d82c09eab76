// A worker's own sheet as a picture, and beside it everything that can be corrected, sent together by one press.

const reading = new TextDecoder();

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".bench");
  const text = reading.decode(data);
  if (box.told === text) return;
  box.told = text;
  const kept = box.bench?.changes() ?? new Map();
  box.bench = new Bench(box, JSON.parse(text), (chosen) => setTriggerValue("chosen", chosen));
  box.bench.restore(kept);
}

/** Make an element with its attributes and what stands in it; names and answers are texts and never markup. */
function made(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...inside.filter((each) => each !== null && each !== undefined && each !== ""));
  return element;
}

const unseen = (text) => made("span", { class: "unseen" }, text);

class Bench {
  constructor(box, told, send) {
    Object.assign(this, { told, send, words: told.words, controls: new Map() });
    const sheets = told.sheets.map((sheet, number) => this.sheet(sheet, number, told.sheets.length));
    const editor = told.columns && this.editor(told.columns);
    const asked = told.boxes.length > 0 && made("div", { class: "asked" }, ...told.boxes.map((group) => this.group(group)));
    const below = editor || asked ? made("div", { class: editor && asked ? "two" : "one" }, editor || "", asked || "") : "";
    box.replaceChildren(...[this.figures(told.figures), ...sheets, below, this.controls.size > 0 ? this.foot() : ""].filter(Boolean));
    this.compare();
  }

  figures(figures) {
    const parts = figures.map(([number, words, kind]) => made("span", { class: kind || null }, made("b", {}, number), ` ${words}`));
    return made("div", { class: "sum", role: "status" }, ...parts);
  }

  // --- the picture -----------------------------------------------------------------------------------------------

  sheet(sheet, number, sheets) {
    const table = made("table", {}, this.letters(sheet), this.rows(sheet));
    const view = made("div", { class: "sheet", tabindex: "0", role: "region", "aria-label": sheet.label }, table);
    const parts = [this.legend(sheet), sheet.note && made("p", { class: "quiet" }, sheet.note), view];
    if (sheets === 1) return made("section", {}, ...parts.filter(Boolean));
    const summary = made("summary", {}, made("b", {}, sheet.title), " ", made("span", { class: "quiet" }, sheet.summary));
    return made("details", { open: number === 0 || sheets === 2, class: "fold" }, summary, ...parts.filter(Boolean));
  }

  legend({ legend }) {
    const signs = legend.map(([outcome, label, count]) =>
      made("li", { class: outcome === "not_understood" || outcome === "held" ? "strong" : null },
        made("i", { class: `o-${outcome}`, "aria-hidden": "true" }, outcome === "not_understood" ? "?" : ""),
        `${label} ${count}`));
    return made("ul", { class: "legend" }, ...signs, made("li", { class: "quiet last" }, this.words.masked_note));
  }

  letters({ letters, heads, more }) {
    const first = made("tr", { class: "letters" }, made("td", { class: "rn" }),
      ...letters.map((letter) => made("th", { scope: "col" }, letter)), more ? made("td", { class: "quiet" }, "…") : "");
    const second = made("tr", { class: "heads" }, made("td", { class: "rn" }), ...heads.map((head) => this.head(head)),
      more ? made("td", { class: "quiet wide" }, more) : "");
    return made("thead", {}, first, second);
  }

  head({ title, note, kind, column }) {
    const inside = [made("span", {}, title), note ? made("small", {}, note) : ""];
    if (column === undefined || column === null) return made("td", { class: `h-${kind}` }, ...inside);
    const press = made("button", { type: "button", class: "link", title: this.words.change }, ...inside);
    press.onclick = () => {
      const control = this.controls.get(column);
      if (!control) return;
      control.element.closest("details")?.setAttribute("open", "");
      control.element.scrollIntoView({ block: "center" });
      control.element.focus({ preventScroll: true });
    };
    return made("td", { class: `h-${kind}` }, press);
  }

  rows(sheet) {
    const body = made("tbody");
    const opened = new Set();
    for (const row of sheet.rows) {
      if (row.gap !== null && !opened.has(row.gap)) {
        opened.add(row.gap);
        body.append(this.gap(sheet, row.gap, body));
      }
      const element = made("tr", { class: `r-${row.kind}`, "data-gap": row.gap, hidden: row.gap !== null },
        made("th", { class: "rn", scope: "row" }, row.number), ...row.cells.map((cell) => this.cell(cell)),
        sheet.more ? made("td") : "");
      if (row.gap === null || sheet.gaps[row.gap].visible > 0) body.append(element);
    }
    return body;
  }

  gap(sheet, number, body) {
    const { label, more, visible } = sheet.gaps[number];
    const press = visible > 0 ? made("button", { type: "button", class: "link", "aria-expanded": "false" }, label) : made("span", {}, label);
    press.onclick = () => {
      const open = press.getAttribute("aria-expanded") === "true";
      press.setAttribute("aria-expanded", String(!open));
      for (const row of body.querySelectorAll(`[data-gap="${number}"]`)) row.hidden = open;
    };
    return made("tr", { class: "r-gap" }, made("td", { class: "rn" }, "⋮"),
      made("td", { colspan: sheet.letters.length + (sheet.more ? 1 : 0) },
        made("div", { class: "stay" }, press, more ? made("span", { class: "quiet" }, ` ${more}`) : "")));
  }

  cell([text, outcome, spans]) {
    const said = this.words.outcomes[outcome];
    const inside = text === null ? made("em", {}, this.words.masked) : made("span", {}, text);
    const number = text !== null && /^-?\d+([.,]\d+)?$/.test(text);
    return made("td", {
      class: `o-${outcome}${number ? " n" : ""}`, colspan: spans > 1 ? spans : null, title: said ?? null,
    }, outcome === "not_understood" ? made("b", { "aria-hidden": "true" }, "? ") : "", text === "" ? "" : inside, said && text !== "" ? unseen(` (${said})`) : "");
  }

  // --- what can be corrected ---------------------------------------------------------------------------------------

  editor({ title, text, rows, folded }) {
    const inside = [made("h3", {}, title), made("p", { class: "quiet" }, text), this.table(rows)];
    for (const { summary, rows: more } of folded) {
      const fold = made("details", { class: "fold" }, made("summary", {}, summary), this.table(more));
      inside.push(fold);
    }
    return made("section", { class: "editor" }, ...inside);
  }

  table(rows) {
    if (rows.length === 0) return "";
    const { letter, heading, examples, read_as, timing } = this.words;
    const timed = rows.some((row) => row.timing);
    const head = made("tr", {}, made("th", { scope: "col", class: "c-letter" }, unseen(letter)), made("th", { scope: "col" }, heading),
      made("th", { scope: "col", class: "wide-only c-some" }, examples), made("th", { scope: "col", class: "c-read" }, read_as),
      timed ? made("th", { scope: "col", class: "c-time" }, timing) : "");
    return made("table", { class: "ed" }, made("thead", {}, head), made("tbody", {}, ...this.lines(rows, timed)));
  }

  /** The columns of several sheets stand below the names of the sheets. */
  lines(rows, timed) {
    const lines = [];
    let sheet = "";
    for (const row of rows) {
      if (row.sheet !== sheet) {
        lines.push(made("tr", {}, made("th", { scope: "rowgroup", colspan: timed ? 5 : 4, class: "of-sheet" }, row.sheet)));
        sheet = row.sheet;
      }
      lines.push(this.line(row, timed));
    }
    return lines;
  }

  line(row, timed) {
    const select = this.select(row.name, row.label, row.value, row.options ?? this.offered(row), row.suggested);
    const when = row.timing && (row.timing.name
      ? this.select(row.timing.name, row.timing.label, row.timing.value, row.timing.options, false)
      : made("span", {}, row.timing.text));
    return made("tr", {}, made("td", {}, row.letter), made("th", { scope: "row", title: row.heading }, made("span", { class: "clamp" }, row.heading)),
      made("td", { class: "quiet wide-only" }, row.examples),
      made("td", {}, select, row.note ? made("small", { class: row.suggested ? "mark" : "quiet" }, row.note) : ""),
      timed ? made("td", {}, when || "–") : "");
  }

  /** What a column may be read as: what it resembles, the questions of its form, what every form has. */
  offered({ likely, set }) {
    const { texts, sets } = this.told.columns;
    const left = (ids) => ids.filter((id) => !likely.includes(id)).map((id) => [id, texts[id]]);
    return [["", likely.map((id) => [id, texts[id]])], ...sets[set].map(([label, ids]) => [label, left(ids)])];
  }

  select(name, label, value, groups, suggested) {
    const select = made("select", { "aria-label": label });
    for (const [group, options] of groups) {
      const made_ = options.map(([id, text]) => made("option", { value: id, selected: id === value }, text));
      if (group && made_.length) select.append(made("optgroup", { label: group }, ...made_));
      else select.append(...made_);
    }
    select.value = value;
    this.keep(name, select, () => select.value, (kept) => { select.value = kept; }, value, suggested);
    return select;
  }

  group({ title, text, items, fold }) {
    const inside = [text && made("p", { class: "quiet" }, text), ...items.map((item) => this.item(item))].filter(Boolean);
    if (fold) return made("details", { class: "fold" }, made("summary", {}, title), ...inside);
    return made("section", {}, made("h3", {}, title), ...inside);
  }

  item(item) {
    if (!item.name) return made("p", {}, item.text);
    const legend = made("legend", {}, item.place ? made("b", {}, item.place) : "", item.place && item.detail ? " · " : "", item.detail ?? "");
    const inside = [legend, item.table && this.side_by_side(item.table)];
    if (item.kind === "day") {
      const day = made("input", { type: "date", value: item.value ?? "", min: item.min, "aria-label": item.detail });
      this.keep(item.name, day, () => day.value, (kept) => { day.value = kept; }, item.value ?? "", false);
      inside.push(day);
    } else if (item.kind === "select") {
      inside.push(this.select(item.name, item.detail, item.value ?? "", [["", item.options]], item.suggested));
    } else inside.push(this.radios(item));
    return made("fieldset", { class: item.waiting ? "box waits" : "box" }, ...inside.filter(Boolean));
  }

  radios(item) {
    const box = made("div", { class: "choices" });
    const group = `${this.told.mark}-${this.controls.size}`;
    const inputs = item.options.map(([id, text]) => {
      const input = made("input", { type: "radio", name: group, value: id, checked: id === item.value });
      input.checked = id === item.value;
      box.append(made("label", {}, input, made("span", {}, text)));
      return input;
    });
    const value = () => inputs.find((input) => input.checked)?.value ?? "";
    const put = (kept) => inputs.forEach((input) => { input.checked = input.value === kept; });
    this.keep(item.name, box, value, put, item.value ?? "", item.suggested);
    return box;
  }

  side_by_side({ heads, rows }) {
    const head = made("tr", {}, made("td"), ...heads.map((each) => made("th", { scope: "col" }, each)));
    const body = rows.map(([first, ...others]) => made("tr", {}, made("th", { scope: "row" }, first), ...others.map((each) => made("td", {}, each))));
    return made("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": heads.join(", ") },
      made("table", { class: "side" }, made("thead", {}, head), made("tbody", {}, ...body)));
  }

  // --- what has been chosen ------------------------------------------------------------------------------------------

  keep(name, element, value, put, begun, suggested) {
    this.controls.set(name, { element, value, put, begun, suggested });
    element.addEventListener("change", () => this.compare());
  }

  changes() {
    return new Map([...this.controls].filter(([, each]) => each.value() !== each.begun).map(([name, each]) => [name, each.value()]));
  }

  /** What was chosen before the page was told anew stays chosen where it is still asked. */
  restore(kept) {
    for (const [name, value] of kept) this.controls.get(name)?.put(value);
    this.compare();
  }

  foot() {
    this.state = made("span", { class: "quiet", role: "status" });
    this.button = made("button", { type: "button", class: "apply" }, this.words.apply);
    this.button.onclick = () => {
      const chosen = [...this.controls].filter(([, each]) => each.value() !== "" && (each.suggested || each.value() !== each.begun));
      const cleared = [...this.controls].filter(([, each]) => each.value() === "" && each.begun !== "");
      this.send(Object.fromEntries([...chosen, ...cleared].map(([name, each]) => [name, each.value()])));
    };
    return made("div", { class: "foot" }, this.button, this.state);
  }

  compare() {
    if (!this.state) return;
    const changed = this.changes().size;
    const open = [...this.controls.values()].filter((each) => each.suggested).length;
    this.state.textContent = changed ? this.words.changed.replace("#", changed) : open ? this.words.suggested.replace("#", open) : this.words.unchanged;
    this.button.classList.toggle("primary", changed > 0 || this.told.waiting);
  }
}
