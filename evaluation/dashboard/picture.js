// Hands a chart over as a picture, and lets it shrink to the paper when the page is printed, both from what the browser
// has drawn: no network, no program on the server.

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 16;
const SCALE = 2;

/** Let the buttons beside a chart save it. */
function offer(buttons, chart, data) {
  for (const button of buttons) {
    const kind = button.dataset.kind;
    button.textContent = data[kind];
    button.setAttribute("aria-label", `${data[kind]}: ${data.title}`);
    button.onclick = () => {
      const drawn = chart.querySelector(".svg-container");
      if (drawn) save(picture(drawn, data), kind, data.file);
    };
  }
}

/** Let the layers of a drawing be scaled: the rules for paper give them the width there is. */
function shrink(chart) {
  for (const layer of chart.querySelectorAll("svg.main-svg")) {
    const [width, height] = [layer.getAttribute("width"), layer.getAttribute("height")];
    layer.setAttribute("viewBox", `0 0 ${width} ${height}`);
    layer.style.setProperty("--width", `${width}px`);
  }
}

/** One drawing of title, chart and notes on white ground; the chart's layers lie upon each other. */
function picture(chart, { title, topic, notes, font, light }) {
  const width = Math.ceil(chart.clientWidth) + 2 * MARGIN;
  const head = lines(title, width - 2 * MARGIN, `bold 17px ${font}`);
  const about = topic ? lines(topic, width - 2 * MARGIN, `12px ${font}`) : [];
  const foot = notes.flatMap((note) => lines(note, width - 2 * MARGIN, `12px ${font}`));
  const below = MARGIN + head.length * 22;
  const top = below + about.length * 17 + 8;
  const bottom = top + chart.clientHeight + 8;
  const height = bottom + foot.length * 17 + MARGIN;
  const whole = element("svg", { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}` });
  whole.append(element("title", {}, title), element("rect", { width, height, fill: "#FFFFFF" }));
  head.forEach((line, index) =>
    whole.append(written(line, MARGIN, MARGIN + 17 + index * 22, "#1B2A33", `font: bold 17px ${font}`)),
  );
  about.forEach((line, index) =>
    whole.append(written(line, MARGIN, below + 14 + index * 17, "#5B6B75", `font: 12px ${font}`)),
  );
  const layers = element("g", {});
  for (const layer of chart.querySelectorAll("svg.main-svg")) layers.append(layerAt(layer, MARGIN, top));
  whole.append(layers);
  foot.forEach((line, index) =>
    whole.append(written(line, MARGIN, bottom + 14 + index * 17, "#5B6B75", `font: 12px ${font}`)),
  );
  let text = new XMLSerializer().serializeToString(whole);
  for (const [dark, bright] of Object.entries(light)) text = text.replaceAll(dark, bright);
  return { text, width, height };
}

function layerAt(layer, x, y) {
  const copy = layer.cloneNode(true);
  for (const hidden of copy.querySelectorAll(".draglayer, .hoverlayer, .zoomlayer, .cursor-pointer rect.legendtoggle"))
    hidden.remove();
  copy.removeAttribute("style");
  copy.removeAttribute("viewBox");
  for (const [name, value] of Object.entries({ x, y })) copy.setAttribute(name, value);
  return copy;
}

function element(name, attributes, text = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (key !== "xmlns") made.setAttribute(key, value);
  made.textContent = text;
  return made;
}

function written(text, x, y, fill, style) {
  return element("text", { x, y, fill, style }, text);
}

/** The text in lines that fit into the width. */
function lines(text, width, font) {
  const ruler = document.createElement("canvas").getContext("2d");
  ruler.font = font;
  const found = [];
  for (const word of text.split(" ")) {
    const longer = found.length ? `${found.at(-1)} ${word}` : word;
    if (found.length && ruler.measureText(longer).width <= width) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

function save({ text, width, height }, kind, file) {
  const drawing = new Blob([text], { type: "image/svg+xml" });
  if (kind === "svg") return hand(drawing, `${file}.svg`);
  const image = new Image();
  const address = URL.createObjectURL(drawing);
  image.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(address);
    canvas.toBlob((made) => hand(made, `${file}.png`), "image/png");
  };
  image.src = address;
}

function hand(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
