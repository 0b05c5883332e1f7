// Rows that are put in order by a handle: by pointer or finger; buttons beside it do it by keyboard.

// `moved` is called with the row once it lies somewhere else.
export function draggable(list, row, moved) {
  list.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-drag]");
    const taken = handle && handle.closest(row);
    if (!taken || taken.parentElement !== list || event.button) return;
    event.preventDefault();
    const next = taken.nextElementSibling;
    handle.setPointerCapture(event.pointerId);
    taken.classList.add("is-taken");
    const move = (to) => {
      const rows = [...list.children].filter((other) => other !== taken && !other.hidden);
      const before = rows.find((other) => {
        const box = other.getBoundingClientRect();
        return to.clientY < box.top + box.height / 2;
      });
      if (before !== taken.nextElementSibling) list.insertBefore(taken, before || null);
    };
    const end = () => {
      handle.removeEventListener("pointermove", move);
      taken.classList.remove("is-taken");
      if (taken.nextElementSibling !== next) moved(taken);
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("lostpointercapture", end, { once: true });
  });
}

// One place up or down; the button that was pressed keeps the keyboard.
export function step(row, way, button) {
  const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
  if (!other) return false;
  if (way === "up") other.before(row);
  else other.after(row);
  button.focus();
  return true;
}
