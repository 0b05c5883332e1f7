// Lists of records and posters: looked for, filtered, sorted, put in order.
import { all, made, one } from "./page.js";
import { draggable, step } from "./dragging.js";

const FIRST = 60; // rows that are shown before somebody asks for more

for (const list of all("[data-list]")) listed(list);

function listed(list) {
  const rows = [...list.children];
  const words = one("[data-finds]");
  const marks = all("[data-mark]");
  const sorts = one("[data-sorts]");
  const told = one("[data-count]");
  const more = one("[data-more]");
  let most = FIRST;

  function show() {
    const typed = words.value.toLowerCase().replace(/ⅱ/g, "ii").split(/\s+/).filter(Boolean);
    const chosen = marks.find((mark) => mark.checked);
    const wanted = chosen ? chosen.value : "";
    let count = 0;
    for (const row of rows) {
      const found = row.dataset.found.replace(/ⅱ/g, "ii");
      const fits = typed.every((word) => found.includes(word)) && (!wanted || row.dataset.marks.split(" ").includes(wanted));
      if (fits) count += 1;
      row.hidden = !fits || count > most;
    }
    if (more) {
      more.hidden = count <= most;
      more.textContent = `再看 ${count - most} 条`;
    }
    told.textContent = typed.length || wanted ? (count ? `${count} 条` : "没有符合的") : "";
  }

  function again() {
    most = FIRST;
    show();
  }

  words.addEventListener("input", again);
  for (const mark of marks) mark.addEventListener("change", again);
  if (sorts) {
    const titles = new Map(rows.map((row) => [row, one("b", row).textContent]));
    const kept = [...rows];
    sorts.addEventListener("change", () => {
      rows.splice(0, rows.length, ...kept);
      if (sorts.value === "title") rows.sort((a, b) => titles.get(a).localeCompare(titles.get(b), "zh-CN"));
      if (sorts.value === "other") rows.reverse();
      list.append(...rows);
      again();
    });
  }
  if (more) {
    more.addEventListener("click", () => {
      const next = rows.filter((row) => row.hidden)[0];
      most = Infinity;
      show();
      const link = next && one("a", next);
      if (link) link.focus();
    });
  }
  show();
}

// A ledger that is put in order by hand.
const order = one("#order");
if (order) {
  const list = one("[data-list]");
  const keep = () => {
    one("[data-keeps]", order).hidden = false;
    order.replaceChildren(...all("[data-id]", list).map((row) => {
      const field = made("input");
      field.type = "hidden";
      field.name = "id";
      field.value = row.dataset.id;
      return field;
    }), one("[data-keeps]", order));
  };
  draggable(list, "li", keep);
  list.addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button && step(button.closest("li"), button.dataset.step, button)) keep();
  });
}
