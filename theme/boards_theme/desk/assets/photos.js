// Photos in a form: chosen, dropped on the field, or pasted into it; turned, and portraits framed.
import { all, at, one, send } from "./page.js";
import { framing, framed } from "./framing.js";

let form = null;
let changed = null;

export function photos(of, then) {
  [form, changed] = [of, then];
  form.addEventListener("change", (event) => {
    if (event.target.matches(".pick") && event.target.files[0]) photo(event.target.closest(".picture"), event.target.files[0]);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-turn]");
    if (button) turn(button.closest(".picture"), button.dataset.turn);
  });
  form.addEventListener("paste", (event) => {
    const box = event.target.closest(".picture");
    const file = [...event.clipboardData.files][0];
    if (box && file) photo(box, file);
  });
  for (const name of ["dragover", "drop"]) {
    form.addEventListener(name, (event) => {
      const box = event.target.closest(".field--picture");
      if (!box) return;
      event.preventDefault();
      if (name === "drop" && event.dataTransfer.files[0]) photo(one(".picture", box), event.dataTransfer.files[0]);
    });
  }
  framing(form, changed);
}

async function photo(box, file) {
  const note = one(".wrong", box.closest(".field"));
  note.textContent = "正在收照片……";
  note.hidden = false;
  note.classList.add("wrong--kept");
  const body = new FormData();
  body.append("photo", file, file.name || "photo.png");
  body.append("name", (one('[name="name"], [name="title"]', form) || {}).value || "");
  placed(box, await send("photo", body));
}

async function turn(box, way) {
  placed(box, await send("turn", new URLSearchParams({ file: one("input[name]", box).value, way })));
}

async function placed(box, answer) {
  const note = one(".wrong", box.closest(".field"));
  const kind = answer.headers.get("content-type") || "";
  const said = kind.startsWith("application/json") ? await answer.json() : { refused: await answer.text() };
  note.classList.toggle("wrong--kept", !said.refused);
  note.textContent = said.refused || "";
  note.hidden = !said.refused;
  if (said.refused) return;
  const coarse = one("[data-coarse]", box.closest(".field"));
  coarse.textContent = said.coarse;
  coarse.hidden = !said.coarse;
  const file = one("input[name]", box);
  file.value = said.file;
  const words = one(`[name="${CSS.escape(file.name.replace(/file$/, "alt"))}"]`, form);
  const whose = one('[name="name"]', form);
  if (words && !words.value && whose && whose.value) words.value = `${whose.value}的照片`;
  const image = one("img", box);
  image.src = said.shown;
  image.hidden = false;
  for (const button of all("[data-turn]", box)) button.disabled = false;
  framed(box, `${at}/${said.file}`);
  changed();
}
