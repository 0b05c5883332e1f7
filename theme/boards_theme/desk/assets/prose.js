// Long texts: what readers see of the few signs that they know, below the text while it is typed.
import { all, made, one, send } from "./page.js";

export function prose(form) {
  form.addEventListener("focusin", (event) => {
    if (event.target.matches("textarea[data-dialect]")) begin(event.target);
  });
  for (const text of all("textarea.line", form)) text.addEventListener("input", () => grow(text));
  all("textarea", form).forEach(grow);
  form.addEventListener("input", (event) => {
    if (event.target.tagName === "TEXTAREA") grow(event.target);
  });
}

// As high as what is typed, up to half the window.
function grow(text) {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 4, innerHeight / 2)}px`;
}

function begin(text) {
  const field = text.closest(".field");
  if (one(".prose", field)) return;
  const box = made("div", "", "prose");
  const shown = made("div");
  box.append(made("p", "读的人看到的：", "help"), shown);
  text.after(box);
  let waiting = 0;
  let number = 0;
  const show = async () => {
    number += 1;
    const mine = number;
    box.hidden = !text.value.trim();
    if (box.hidden) return;
    const answer = await send("prose", new URLSearchParams({ text: text.value })).catch(() => null);
    if (answer && answer.ok && mine === number) shown.innerHTML = await answer.text();
  };
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
  show();
}
