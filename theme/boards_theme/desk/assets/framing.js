// How a portrait is cut: the line through the eyes is put where they are, by pointer or keyboard.
import { all, at, made, one } from "./page.js";

const EYES_AT = 0.42; // how far down the eyes are in the cut, as boards.media has it
const USUAL = { across: 50, down: 35, zoom: 1 };
const boxes = new Map();

export function framing(form, changed) {
  for (const eyes of all('.field[data-field$=".eyes"]', form)) {
    const group = eyes.parentElement;
    const picture = one(".picture", group);
    const zoom = one('.field[data-field$=".zoom"]', group);
    if (!picture || !zoom) continue;
    const box = drawn(one("input", eyes), one("input", zoom), changed);
    eyes.hidden = zoom.hidden = true;
    picture.closest(".field").append(box.element);
    boxes.set(picture, box);
    const file = one("input[name]", picture).value;
    if (file) box.show(`${at}/${file}`);
  }
}

// Show a photo that has just come; where the eyes are is to be said anew.
export function framed(picture, address) {
  const box = boxes.get(picture);
  if (box) box.show(address, true);
}

function drawn(eyes, zoom, changed) {
  const element = made("div", "", "framing");
  const stage = made("div", "", "framing__stage");
  const image = made("img");
  const frame = made("div", "", "framing__frame");
  const line = made("div", "", "framing__eyes");
  image.alt = "";
  frame.append(line);
  stage.append(image, frame);
  const sliders = {
    across: slider("眼睛左右", 0, 100, 1),
    down: slider("眼睛上下", 0, 100, 1),
    zoom: slider("放大", 1, 4, 0.1),
  };
  const reset = made("button", "不裁，照常用", "button button--quiet");
  reset.type = "button";
  const side = made("div", "", "framing__side");
  side.append(made("p", "在照片上点两眼中间，亮的部分就是展板上的样子。", "help"), ...Object.values(sliders).map((row) => row.label), reset);
  element.append(stage, side);
  element.hidden = true;

  const values = () => Object.fromEntries(Object.entries(sliders).map(([name, row]) => [name, Number(row.input.value)]));

  function draw() {
    const [wide, high] = [image.clientWidth, image.clientHeight];
    if (!wide) return;
    const now = values();
    const tall = Math.min(high, (wide * 4) / 3) / now.zoom;
    const broad = (tall * 3) / 4;
    const left = Math.min(Math.max((now.across / 100) * wide - broad / 2, 0), wide - broad);
    const upper = Math.min(Math.max((now.down / 100) * high - EYES_AT * tall, 0), high - tall);
    frame.style.left = `${left}px`;
    frame.style.top = `${upper}px`;
    frame.style.width = `${broad}px`;
    frame.style.height = `${tall}px`;
    line.style.top = `${(now.down / 100) * high - upper}px`;
    for (const row of Object.values(sliders)) row.said.textContent = row.input.value;
  }

  // The usual cut is not written down.
  function write() {
    const now = values();
    const usual = now.across === USUAL.across && now.down === USUAL.down;
    eyes.value = usual && now.zoom === 1 ? "" : `${now.across},${now.down}`;
    zoom.value = now.zoom === 1 ? "" : String(now.zoom);
    draw();
    changed();
  }

  function set(now) {
    for (const [name, row] of Object.entries(sliders)) row.input.value = now[name];
  }

  function read() {
    const found = /^\s*(\d+)\s*[,，]\s*(\d+)\s*$/.exec(eyes.value);
    set({
      across: found ? Number(found[1]) : USUAL.across,
      down: found ? Number(found[2]) : USUAL.down,
      zoom: Number(zoom.value) || USUAL.zoom,
    });
    draw();
  }

  for (const row of Object.values(sliders)) row.input.addEventListener("input", write);
  reset.addEventListener("click", () => {
    set(USUAL);
    write();
  });
  stage.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    const point = (to) => {
      const place = image.getBoundingClientRect();
      const share = (part, whole) => Math.round(Math.min(Math.max(part / whole, 0), 1) * 100);
      sliders.across.input.value = share(to.clientX - place.left, place.width);
      sliders.down.input.value = share(to.clientY - place.top, place.height);
      write();
    };
    point(event);
    stage.addEventListener("pointermove", point);
    stage.addEventListener("lostpointercapture", () => stage.removeEventListener("pointermove", point), { once: true });
  });
  image.addEventListener("load", read);
  addEventListener("resize", draw);
  return {
    element,
    show(address, anew = false) {
      if (anew) eyes.value = zoom.value = "";
      element.hidden = false;
      image.src = address;
    },
  };
}

function slider(words, least, most, by) {
  const label = made("label", "", "framing__slider");
  const input = made("input");
  const said = made("output");
  Object.assign(input, { type: "range", min: least, max: most, step: by });
  input.dataset.aside = "";
  label.append(made("span", words), input, said);
  return { label, input, said };
}
