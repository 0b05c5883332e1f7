// The desk: what every page of it does. A form brings its own parts along.
import { all, ask, made, one, picture } from "./page.js";
import "./lists.js";
import "./form.js";

// A page that one comes back to tells what is so now, not what was when one left it.
addEventListener("pageshow", (event) => {
  if (event.persisted && one("[data-changes]")) location.reload();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-sure]");
  if (button && !confirm(button.dataset.sure)) event.preventDefault();
  const every = event.target.closest("[data-all]");
  if (every) {
    const boxes = all(`input[name="${every.dataset.all}"]`);
    const on = !boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = on;
  }
  const line = event.target.closest("[data-line]");
  if (line) toLine(one("#text"), Number(line.dataset.line));
});

function toLine(text, number) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, number - 1).reduce((sum, row) => sum + row.length + 1, 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[number - 1] || "").length);
  text.scrollTop = (text.scrollHeight / lines.length) * (number - 4);
}

for (const busy of all("form[data-busy]")) {
  busy.addEventListener("submit", () => {
    one(".bar", busy).append(made("span", busy.dataset.busy, "quiet"));
    setTimeout(() => all("button", busy).forEach((button) => (button.disabled = true)));
  });
}

// Files are chosen, or dropped on the box around the button; `taken` is told of their names.
function takesFiles(box, taken) {
  const files = one('input[type="file"]', box);
  const tell = () => files.files.length && taken([...files.files].map((file) => file.name).join("、"));
  files.addEventListener("change", tell);
  tell(); // chosen before this script was there
  for (const name of ["dragover", "drop"]) {
    box.addEventListener(name, (event) => {
      event.preventDefault();
      if (name !== "drop") return;
      files.files = event.dataTransfer.files;
      tell();
    });
  }
}

for (const box of all("[data-files]")) takesFiles(box, (names) => (one("[data-chosen]", box).textContent = names));

// In some places they are sent at once.
for (const drop of all("form.drop")) {
  let sent = false;
  takesFiles(drop, (names) => {
    if (sent) return;
    sent = true;
    one("[data-sent]", drop).textContent = `${names}……`;
    drop.submit();
  });
}

// What takes a moment to find out is asked for once the page stands.
for (const later of all("[data-later]")) {
  ask(later.dataset.later).then(async (answer) => {
    if (answer.ok) later.innerHTML = await answer.text();
    later.removeAttribute("aria-busy");
    const calm = one("[data-calm]");
    if (calm) calm.hidden = later.children.length > 0;
  });
}

// Photos that are worked on aside.
const waits = one("#waits");
if (waits) {
  const look = setInterval(async () => {
    const answer = await ask("waits").catch(() => null);
    const said = answer && answer.ok ? (await answer.json()).said : waits.textContent;
    waits.textContent = said;
    if (said) return;
    clearInterval(look);
    waits.remove();
    document.dispatchEvent(new Event("desk:photos"));
  }, 1000);
}

// A choice with one more that is typed.
for (const choice of all("select[data-other]")) {
  const other = one(`#${choice.dataset.other}`);
  const show = () => (other.hidden = choice.value !== "");
  choice.addEventListener("change", () => {
    show();
    if (!other.hidden) other.focus();
  });
  show();
}

// One poster: shown in the size and look that are chosen.
const sized = one("#picture");
if (sized) {
  const show = () => {
    const size = one("#size").value || one("#own-size").value;
    if (!size) return;
    const words = new URLSearchParams({ size, look: one("#look").value });
    picture(sized, one("#picture-said"), `${sized.dataset.src}?${words}`);
  };
  for (const control of all("[data-shows]")) control.addEventListener("change", show);
}
