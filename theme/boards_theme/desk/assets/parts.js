// Lists inside a form: groups and lines are added, dragged, moved and taken out; choices are narrowed.
import { all, made, one } from "./page.js";
import { draggable, step } from "./dragging.js";

let form = null;
let changed = null;
let count = 0;

export function parts(of, then) {
  [form, changed] = [of, then];
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const data = button.dataset;
    if (data.add) addPart(data.add);
    else if (data.addLine) addLine(button);
    else if ("remove" in data) leave(button.closest(".part"));
    else if ("removeLine" in data) leave(button.closest("li"));
    else if (data.move && step(button.closest(".part"), data.move, button)) changed();
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, textarea.line")) return;
    event.preventDefault();
    if (event.target.closest("ol.lines")) one("[data-add-line]", event.target.closest("fieldset")).click();
  });
  form.addEventListener("change", roles);
  form.addEventListener("input", (event) => {
    if (!event.target.matches(".within")) return;
    const words = event.target.value.trim();
    for (const chip of all(".chip", event.target.parentElement)) chip.hidden = !chip.textContent.includes(words);
  });
  dragging(form);
  roles();
}

function dragging(within) {
  for (const list of all("ol.parts", within)) draggable(list, ".part", changed);
  for (const list of all("ol.lines", within)) draggable(list, "li", changed);
}

function addPart(path) {
  count += 1;
  const pattern = one(`template[data-pattern="${CSS.escape(path)}"]`, form);
  const part = document.importNode(pattern.content, true).firstElementChild;
  const token = `n${count}`;
  const rename = (root) => {
    for (const element of all("*", root)) {
      for (const name of ["name", "id", "for", "data-field", "data-path", "data-add", "data-add-line", "data-pattern", "aria-describedby"]) {
        const value = element.getAttribute(name);
        if (value && value.includes(`${path}.__new__`)) {
          element.setAttribute(name, value.split(`${path}.__new__`).join(`${path}.${token}`));
        }
      }
      if (element.tagName === "TEMPLATE") rename(element.content);
    }
  };
  rename(part);
  one(`ol[data-path="${CSS.escape(path)}"]`, form).append(part);
  dragging(part);
  roles();
  one("input,select,textarea", part).focus();
}

function addLine(button) {
  const list = one("ol.lines", button.closest("fieldset"));
  const row = made("li");
  const input = made("input");
  input.name = button.dataset.addLine;
  input.setAttribute("aria-label", `${button.dataset.label}第 ${list.children.length + 1} 条`);
  const gone = made("button", "去掉", "link");
  gone.type = "button";
  gone.dataset.removeLine = "";
  const handle = made("span", "⠿", "grip");
  handle.dataset.drag = "";
  handle.setAttribute("aria-hidden", "true");
  row.append(handle, input, gone);
  list.append(row);
  input.focus();
}

function leave(row) {
  const next = row.nextElementSibling || row.previousElementSibling || row.parentElement.parentElement;
  row.remove();
  const focus = one("input:not([type=hidden]),button", next);
  if (focus) focus.focus();
  changed();
}

// The roles of the zone that is chosen beside.
function roles() {
  for (const select of all("select[data-roles]", form)) {
    const base = select.name.slice(0, -"role".length);
    const zones = all(`[name="${CSS.escape(`${base}zone`)}"]`, form);
    const chosen = zones.find((zone) => zone.tagName === "SELECT" || zone.checked);
    const zone = chosen ? chosen.value : "";
    for (const option of select.options) {
      option.hidden = option.disabled = Boolean(option.dataset.zone) && option.dataset.zone !== zone;
    }
    if (select.selectedOptions[0] && select.selectedOptions[0].disabled) select.value = "";
  }
}
