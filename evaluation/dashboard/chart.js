// Draws the chart of a panel once a reader comes near it, and draws it anew in its place when its figures have changed.

// A screen above and a screen below what is seen.
const NEAR = "100% 0px";
// Where names of a legend stand below each other: below so wide a chart, so high a name, after the first two.
const [NARROW, NAME] = [500, 20];
const LOOK = { displayModeBar: false, displaylogo: false };
const reading = new TextDecoder();
let loading;

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".chart");
  const [title, topic] = [".chart-title", ".chart-topic"].map((name) => parentElement.querySelector(name));
  box.shown ??= new Chart(box, title, topic, parentElement.querySelectorAll("button"));
  box.shown.want(reading.decode(data));
  return () => box.shown.leave();
}

class Chart {
  constructor(box, title, topic, buttons) {
    Object.assign(this, { box, title, topic, buttons });
    this.near = false;
    this.sight = new IntersectionObserver((seen) => this.come(seen.at(-1).isIntersecting), {
      root: box.closest("[data-testid='stMain']"),
      rootMargin: NEAR,
    });
    this.size = new ResizeObserver(() => this.fit());
    // Before other listeners, which prepare the drawing for paper.
    this.printing = () => {
      this.draw();
      shrink(box);
    };
    window.addEventListener("beforeprint", this.printing, true);
    this.sight.observe(box);
    this.size.observe(box);
  }

  /** Take over what is to be drawn: a text, so that the same is known as the same. */
  want(text) {
    if (text === this.wanted) return;
    this.wanted = text;
    const { described, figure, pictures } = (this.read = JSON.parse(text));
    this.title.textContent = pictures.title;
    this.topic.textContent = pictures.topic;
    offer(this.buttons, this.box, pictures);
    this.box.setAttribute("role", "figure");
    this.box.setAttribute("aria-label", described);
    this.box.style.height = `${tall(figure, this.box.clientWidth)}px`;
    if (this.near) this.draw();
  }

  come(near) {
    this.near = near;
    if (near) this.draw();
  }

  draw() {
    if (this.drawn === this.wanted || this.gone) return;
    if (window.Plotly) return this.lay();
    load(this.read.library).then(
      () => this.draw(),
      () => (this.box.textContent = this.read.missing),
    );
  }

  lay() {
    const { data, layout } = this.read.figure;
    this.drawn = this.wanted;
    window.Plotly.react(this.box, data, { ...layout, ...this.measure() }, LOOK);
  }

  fit() {
    const width = this.box.clientWidth;
    if (this.drawn === undefined || width === this.width || width === 0) return;
    window.Plotly.relayout(this.box, this.measure());
  }

  /** Take note of the room there is, and take as much of it as the chart needs. */
  measure() {
    this.width = this.box.clientWidth;
    const height = tall(this.read.figure, this.width);
    this.box.style.height = `${height}px`;
    return { width: this.width, height };
  }

  leave() {
    this.gone = true;
    this.sight.disconnect();
    this.size.disconnect();
    window.removeEventListener("beforeprint", this.printing, true);
    window.Plotly?.purge(this.box);
  }
}

/** The height of a figure at a width: on a telephone its legend may take nothing from what it draws. */
function tall({ data, layout }, width) {
  const named = data.filter((each) => each.name && each.showlegend !== false).length;
  return layout.height + (width < NARROW ? NAME * Math.max(0, named - 2) : 0);
}

/** Load the library that draws, once for all charts. Its address names its version, so what the browser has kept will do. */
function load(address) {
  loading ??= fetch(address, { cache: "force-cache" })
    .then((answer) => (answer.ok ? answer.blob() : Promise.reject(answer.status)))
    .then(run)
    .catch((reason) => {
      loading = undefined;
      throw reason;
    });
  return loading;
}

function run(code) {
  return new Promise((loaded, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: URL.createObjectURL(code), onload: loaded, onerror: failed });
    document.head.append(script);
  });
}
