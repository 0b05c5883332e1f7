// The page and the posters of what is typed, beside the form.
import { all, ask, made, one, picture } from "./page.js";

let last = () => null;
let place = "";
let listed = ""; // for which state the posters were asked

// `said` gives what was told of the form last.
export function shows(said) {
  last = said;
  const other = one("#poster-own");
  one("#poster-id").addEventListener("change", () => {
    sizes();
    showPoster();
  });
  for (const name of ["#poster-size", "#poster-own", "#poster-look"]) one(name).addEventListener("change", showPoster);
  one("#poster-size").addEventListener("change", (event) => (other.hidden = event.target.value !== ""));
  const tabs = all('[role="tab"]');
  for (const tab of tabs) {
    tab.addEventListener("click", () => choose(tab, tabs));
    tab.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const next = tabs.filter((row) => !row.hidden && row !== tab)[0];
      if (next) {
        next.click();
        next.focus();
      }
    });
  }
}

function choose(tab, tabs) {
  for (const row of tabs) {
    const on = row === tab;
    row.setAttribute("aria-selected", String(on));
    row.tabIndex = on ? 0 : -1;
    one(`#${row.getAttribute("aria-controls")}`).hidden = !on;
  }
  one("#poster-choices").hidden = tab.id !== "tab-poster";
  if (last()) show(last());
}

export function show(said) {
  const tab = one("#tab-poster");
  tab.hidden = !said.has_posters;
  if (tab.getAttribute("aria-selected") === "true" && said.has_posters) showPosters(said);
  else showPage(said);
}

function showPage(said) {
  const note = one("#page-said");
  const frame = one("#page");
  note.hidden = Boolean(said.page);
  if (said.waits) note.textContent = said.waits;
  if (!said.page || place === said.page) return;
  place = said.page;
  const old = frame.contentWindow;
  const [x, y] = [old.scrollX, old.scrollY];
  const first = !frame.dataset.shown;
  frame.dataset.shown = "yes";
  frame.addEventListener("load", () => {
    if (!first) frame.contentWindow.scrollTo(x, y);
  }, { once: true });
  old.location.replace(said.page);
}

async function showPosters(said) {
  if (listed === said.picture) return;
  listed = said.picture;
  const answer = await ask(`posters-of/${one('[name="-draft"]').value}`);
  const rows = answer.ok ? await answer.json() : [];
  const poster = one("#poster-id");
  const kept = poster.value;
  poster.replaceChildren(...rows.map((row) => option(row.id, row.title, row)));
  if (rows.some((row) => row.id === kept)) poster.value = kept;
  else sizes();
  one("#poster").hidden = !rows.length;
  if (!rows.length) one("#poster-said").textContent = "有错误没有改好，或者这一条不上海报。";
  showPoster();
}

function option(value, words, row) {
  const made_ = made("option", words);
  made_.value = value;
  if (row) {
    made_.dataset.size = row.size;
    made_.dataset.sizes = JSON.stringify(row.sizes);
  }
  return made_;
}

// The sizes that the chosen poster comes in, and any other that is typed.
function sizes() {
  const chosen = one("#poster-id").selectedOptions[0];
  if (!chosen) return;
  const select = one("#poster-size");
  select.replaceChildren(...JSON.parse(chosen.dataset.sizes).map(([id, words]) => option(id, words)), option("", "别的尺寸……"));
  select.value = chosen.dataset.size;
  one("#poster-own").hidden = true;
}

function showPoster() {
  const chosen = one("#poster-id").selectedOptions[0];
  const size = one("#poster-size").value || one("#poster-own").value;
  if (!chosen || !size || !last()) return;
  const words = new URLSearchParams({ poster: chosen.value, size, look: one("#poster-look").value });
  picture(one("#poster"), one("#poster-said"), `${last().picture}?${words}`);
}
