// The questions of a worker's file that nobody has defined: each as it will be asked, and everything in it one press away.

const reading = new TextDecoder();

export default function ({ data, parentElement, setTriggerValue }) {
  const box = parentElement.querySelector(".own");
  const text = reading.decode(data);
  if (box.told === text) return;
  box.told = text;
  box.open ??= new Set([""]);
  new List(box, JSON.parse(text), (chosen) => setTriggerValue("chosen", chosen));
}

/** Make an element with its attributes and what stands in it; headings and answers are texts and never markup. */
function made(tag, attributes = {}, ...inside) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value);
  }
  element.append(...inside.flat().filter((each) => each !== null && each !== undefined && each !== "" && each !== false));
  return element;
}

const CLASSES = { favourable: "good", neutral: "mid", unfavourable: "bad", none: "plain" };

class List {
  constructor(box, told, send) {
    Object.assign(this, { box, told, send, words: told.words });
    if (box.open.delete("") && told.questions.length) box.open.add(told.questions[0].heading);
    const list = made("div", { class: "list" },
      told.questions.map((question) => this.question(question)), this.left());
    const ahead = told.ahead.rows.length > 0 && this.ahead(told.ahead);
    box.replaceChildren(
      made("h2", {}, told.title),
      made("p", { class: "quiet" }, told.lead, told.waiting && made("b", { class: "wait" }, ` ? ${told.waiting}`)),
      ...told.asks.map((ask) => this.ask(ask)),
      made("div", { class: ahead ? "both" : "one" }, list, ahead || ""));
  }

  button(text, chosen, attributes = {}) {
    const button = made("button", { type: "button", ...attributes }, text);
    button.onclick = () => this.send(chosen);
    return button;
  }

  // --- what is asked -------------------------------------------------------------------------------------------------

  ask({ text, about, labels, names, options, orders }) {
    const box = made("div", { class: "ask", role: "group", "aria-label": text });
    const draw = (steps, focus) => {
      const chosen = options.map(([value, label], place) => {
        // Once an answer was moved, the order that stands here is what the worker says, as it is or turned.
        const moved = steps !== labels && (value === orders.kept ? steps : [...steps].reverse()).join(orders.between);
        const likeliest = place === 0 && !(orders && orders.unknown && steps === labels);
        return this.button(label, Object.fromEntries(names.map((name) => [name, moved || value])), { class: likeliest ? "o first" : "o" });
      });
      box.replaceChildren(
        made("b", {}, text),
        made("span", { class: "about" }, about.map((heading) => made("span", {}, heading))),
        ...(labels.length ? [made("ol", { class: "order" }, steps.map((label, place) => made("li", {}, label, this.swaps(steps, place, draw))))] : []),
        made("span", { class: "os" }, chosen));
      if (focus) [...box.querySelectorAll(".move button")].find((button) => button.getAttribute("aria-label") === focus)?.focus();
    };
    draw(labels);
    return box;
  }

  /** Move an answer a place up or down in what is asked; nothing is said before the worker presses. */
  swaps(steps, place, draw) {
    const swap = (by, says) => {
      const button = made("button", { type: "button", "aria-label": `${says}: ${steps[place]}`, title: says }, by < 0 ? "‹" : "›");
      button.onclick = () => {
        const other = [...steps];
        other.splice(place + by, 0, ...other.splice(place, 1));
        draw(other, `${says}: ${steps[place]}`);
      };
      return button;
    };
    return made("span", { class: "move" },
      place > 0 && swap(-1, this.words.down),
      place < steps.length - 1 && swap(1, this.words.up));
  }

  // --- one question --------------------------------------------------------------------------------------------------

  question(question) {
    const summary = made("summary", {},
      made("span", { class: "no" }, String(question.number)),
      made("span", { class: "head" }, made("b", {}, question.heading), made("small", {}, question.short)),
      made("span", { class: "tag" }, question.kind),
      made("span", { class: "tag quiet" }, question.family),
      made("span", { class: "chev", "aria-hidden": "true" }, question.waits ? "?" : "›"));
    const details = made("details", { open: this.box.open.has(question.heading), class: question.waits ? "waits" : null }, summary, this.inside(question));
    details.ontoggle = () => this.box.open[details.open ? "add" : "delete"](question.heading);
    return details;
  }

  inside(question) {
    const leave = this.button(this.words.leave, { [question.leave.name]: question.leave.value }, { class: "link", "aria-label": `${this.words.leave}: ${question.heading}` });
    return made("div", { class: "in" },
      made("div", { class: "fields" }, question.fields.map((field) => this.field(field, question.heading))),
      question.scale && this.scale(question.scale, question.heading),
      question.options && made("p", { class: "quiet" }, question.options),
      made("p", { class: "last" }, leave));
  }

  field({ label, name, value, options }, heading) {
    const control = options
      ? made("select", { "aria-label": `${label}: ${heading}` }, options.map(([id, text]) => made("option", { value: id, selected: id === value }, text)))
      : made("input", { type: "text", value, maxlength: "60", "aria-label": `${label}: ${heading}` });
    control.onchange = () => control.value.trim() && this.send({ [name]: control.value });
    return made("label", { class: "field" }, made("span", {}, label), control);
  }

  scale(scale, heading) {
    const good = scale.steps.map(([, meaning]) => meaning === "favourable");
    const first = good.indexOf(true) + 1, last = good.lastIndexOf(true) + 1;
    const columns = `grid-template-columns: repeat(${scale.steps.length}, minmax(0, 1fr))`;
    const chips = made("ol", { class: "chips", style: columns },
      scale.steps.map(([label, meaning], place) => made("li", { class: CLASSES[meaning] }, made("span", {}, label), this.movers(scale, place))));
    const bracket = first > 0 && made("div", { class: "bracket", style: columns, "aria-hidden": "true" }, made("i", { style: `grid-column: ${first} / ${last + 1}` }, this.words.good));
    const turn = scale.better !== "none" && this.button(`⇄ ${this.words.turn}`, { [scale.turn.name]: scale.turn.value }, { class: "link" });
    return made("div", { class: "scale" },
      made("div", { class: "lb" }, made("b", {}, this.words.answers), turn),
      chips, bracket,
      scale.outside && made("p", { class: "quiet" }, scale.outside),
      made("div", { class: "fields" },
        this.field({ label: this.words.good_end, ...scale.end }, heading),
        scale.favourable && this.field({ label: this.words.favourable, ...scale.favourable }, heading)));
  }

  /** Move an answer a place up or down the scale. */
  movers({ steps, order }, place) {
    const moved = (by) => {
      const labels = steps.map(([label]) => label);
      labels.splice(place + by, 0, ...labels.splice(place, 1));
      return { [order.name]: labels.join(order.between) };
    };
    return made("span", { class: "move" },
      place > 0 && this.button("‹", moved(-1), { "aria-label": `${this.words.down}: ${steps[place][0]}`, title: this.words.down }),
      place < steps.length - 1 && this.button("›", moved(1), { "aria-label": `${this.words.up}: ${steps[place][0]}`, title: this.words.up }));
  }

  left() {
    if (!this.told.left.length) return "";
    const rows = this.told.left.map(({ heading, name, value }) => made("p", { class: "out" },
      made("span", {}, heading), this.button(this.words.take, { [name]: value }, { class: "link", "aria-label": `${this.words.take}: ${heading}` })));
    return made("details", { class: "outs" }, made("summary", {}, this.told.left_title), made("div", { class: "in" }, rows));
  }

  // --- a look ahead --------------------------------------------------------------------------------------------------

  ahead({ title, text, rows }) {
    return made("aside", { class: "ahead" }, made("h3", {}, title), made("p", { class: "quiet" }, text), rows.map((row) => this.row(row)));
  }

  row({ short, share, parts, bars }) {
    const head = made("div", { class: "rowhead" }, made("span", {}, short), made("b", {}, share));
    const spoken = [...parts.map(([label, n]) => `${label} ${n}`), ...bars.map(([label, n]) => `${label} ${n}`)].join(", ");
    if (parts.length) {
      const strip = parts.filter(([, n]) => n > 0).map(([label, n, meaning]) => made("i", { class: CLASSES[meaning], style: `flex: ${n}`, title: `${label}: ${n}` }, String(n)));
      return made("div", { class: "row" }, head, made("div", { class: "strip", role: "img", "aria-label": spoken }, strip));
    }
    const most = Math.max(...bars.map(([, n]) => n));
    const lines = bars.map(([label, n]) => made("div", { class: "bar" }, made("span", {}, label), made("i", { style: `width: ${(n / most) * 45}%` }), made("b", {}, String(n))));
    return made("div", { class: "row" }, head, made("div", { role: "img", "aria-label": spoken }, lines));
  }
}
