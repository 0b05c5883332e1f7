// The form of a record: keeps what is typed, says what is wrong with it, saves it.
import { all, fieldOf, made, one, send } from "./page.js";
import { days } from "./days.js";
import { parts } from "./parts.js";
import { photos } from "./photos.js";
import { prose } from "./prose.js";
import { show, shows } from "./shown.js";

const form = one("#form");
const state = one("#state");
const SEEN = "desk:seen";

// What is typed is kept and tried at once, one request after another, the last state last.
let waiting = 0;
let running = null;
let dirty = false;
let typed = false;
let last = null;
// Of a new record nobody is told what is still to be filled in before it is to be saved.
let asked = form && one('[name="-record"]', form).value !== "";

if (form) begin();

function begin() {
  // On a slow machine somebody may have typed before this script was there.
  typed = [...form.elements].some((control) => (control.value !== control.defaultValue && control.type !== "file" && "defaultValue" in control)
    || control.checked !== control.defaultChecked);
  parts(form, changed);
  photos(form, changed);
  prose(form);
  days(form);
  shows(() => last);
  form.addEventListener("input", (event) => {
    if (!event.target.matches(".within, .pick, [data-aside]")) changed();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save();
  });
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      save();
    }
  });
  document.addEventListener("desk:photos", tell);
  addEventListener("pagehide", () => {
    if (dirty) navigator.sendBeacon(`${document.body.dataset.at}/check`, new URLSearchParams(new FormData(form)));
  });
  one("#drop").addEventListener("submit", (event) => {
    event.preventDefault();
    rest().then(() => one("#drop").submit());
  });
  if (new URLSearchParams(location.search).has("saved")) {
    history.replaceState(null, "", location.pathname);
    scrollTo(0, Number(sessionStorage.getItem(SEEN)) || 0); // where one was in a long form
    tell().then(() => (state.textContent = "保存了"));
  } else {
    tell().then(goTo);
  }
}

// To the field that a link of another page speaks of.
function goTo() {
  if (!location.hash.startsWith("#at-")) return;
  const field = fieldOf(decodeURIComponent(location.hash.slice(4)), form);
  if (!field) return;
  open(field);
  field.scrollIntoView({ block: "center" });
  const control = one("input:not([type=hidden]),textarea,select,button", field);
  if (control) control.focus({ preventScroll: true });
}

function open(field) {
  field.hidden = false;
  const folded = field.closest("details");
  if (folded) folded.open = true;
}

function changed() {
  dirty = typed = true;
  clearTimeout(waiting);
  waiting = setTimeout(tell, 120);
}

function tell() {
  if (running) {
    dirty = true;
    return running;
  }
  dirty = false;
  running = tellOnce().then(() => {
    running = null;
    if (dirty) changed();
  });
  return running;
}

async function tellOnce() {
  try {
    const filled = new URLSearchParams(new FormData(form));
    if (!typed) filled.set("-looking", "1"); // opening a form leaves no draft behind
    const answer = await send("check", filled);
    if (!answer.ok) throw new Error(await answer.text());
    told(await answer.json());
  } catch (error) {
    state.textContent = `没有记下：${error instanceof TypeError ? "工作台关掉了，再双击“打开支部展板”" : error.message}`;
    setTimeout(tell, 2000);
  }
}

// Nothing that is still on its way may come after what ends the form.
async function rest() {
  clearTimeout(waiting);
  dirty = false;
  await running;
  clearTimeout(waiting);
}

function told(said) {
  last = said;
  for (const note of all(".wrong", form)) note.hidden = true;
  for (const input of all("[aria-invalid]", form)) input.removeAttribute("aria-invalid");
  const rest = [];
  for (const [name, words] of Object.entries(said.refused)) mark(name, words, rest, true);
  for (const [name, words] of Object.entries(said.kept)) mark(name, words, [], false);
  const box = one("#told");
  box.replaceChildren();
  for (const words of [asked ? said.whole : "", ...rest].filter(Boolean)) box.append(made("p", words, "said said--wrong"));
  for (const row of said.elsewhere) {
    const note = made("p", `这样改了，别处就不对了：${row.said} `, "said said--wrong");
    if (row.link) {
      const link = made("a", "打开那一条");
      link.href = row.link;
      note.append(link);
    }
    box.append(note);
  }
  for (const clash of said.clashes) box.append(choice(clash));
  const wrong = Object.keys(said.refused).length || said.whole || said.elsewhere.length || said.clashes.length;
  const kept = typed ? "草稿已记下，" : "";
  const marked = all(".wrong:not(.wrong--kept)", form).filter((note) => !note.hidden).length + box.children.length;
  const why = marked ? `红字 ${marked} 处` : "必填的还没填完";
  state.textContent = wrong ? `${kept}还不能保存：${why}` : said.changed ? `${kept}没有保存` : "没有改动";
  if (said.unkept) state.textContent = said.unkept;
  if (said.lapses && !wrong) state.textContent += "；保存以后要重新审批";
  show(said);
}

// A field is marked itself, or the nearest group that it is in.
function mark(name, words, rest, wrong) {
  const field = fieldOf(name, form);
  const filled = field && all("input:not([type=hidden]),textarea,select", field).some((input) =>
    ["checkbox", "radio"].includes(input.type) ? input.checked && input.value : input.value.trim());
  if (!asked && !filled) return;
  if (!field) {
    rest.push(words);
    return;
  }
  const note = all(".wrong", field).find((row) => row.closest(".field") === field);
  note.textContent = words;
  note.hidden = false;
  note.classList.toggle("wrong--kept", !wrong);
  if (wrong) {
    for (const input of all("input,textarea,select", field)) {
      if (input.closest(".field") === field) input.setAttribute("aria-invalid", "true");
    }
    open(field);
  }
}

function choice(clash) {
  const box = made("fieldset", "", "clash");
  box.append(made("legend", `${clash.label}：别处也改了，选一个`));
  for (const [value, words, head] of [
    [clash.take_mine, clash.mine, "这里写的"],
    [clash.take_theirs, clash.theirs, "台账里现在的"],
  ]) {
    const label = made("label", "", "chip");
    const radio = made("input");
    radio.type = "radio";
    radio.name = clash.control;
    radio.value = value;
    radio.addEventListener("change", () => {
      for (const old of all(`input[type="hidden"][name="${CSS.escape(clash.control)}"]`, form)) old.remove();
      const kept = made("input");
      kept.type = "hidden";
      kept.name = clash.control;
      kept.value = value;
      form.append(kept);
      changed();
    });
    label.append(radio, ` ${head}：${words}`);
    box.append(label);
  }
  return box;
}

async function save() {
  state.textContent = "正在保存……";
  asked = true;
  await rest();
  let answer = null;
  try {
    answer = await send("save", new URLSearchParams(new FormData(form)));
  } catch {
    state.textContent = "没有保存：工作台关掉了。不要关这一页，双击“打开支部展板”；记下的草稿还在";
    return;
  }
  if (!answer.ok) {
    state.textContent = await answer.text();
    return;
  }
  const said = await answer.json();
  if (said.saved) {
    sessionStorage.setItem(SEEN, scrollY);
    location.replace(said.saved); // “back” leads to where one came from, not to the form as it was
    return;
  }
  told(said);
  const first = one('[aria-invalid="true"]', form) || one("#told a, #told input", form);
  if (first) first.focus();
}
