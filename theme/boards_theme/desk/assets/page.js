// What every part of the desk's script has at hand.
export const at = document.body.dataset.at;
export const all = (query, within = document) => [...within.querySelectorAll(query)];
export const one = (query, within = document) => within.querySelector(query);
export const send = (place, body) => fetch(`${at}/${place}`, { method: "POST", body, credentials: "same-origin" });
export const ask = (place) => fetch(`${at}/${place}`, { credentials: "same-origin" });

export function made(name, words = "", kind = "") {
  const element = document.createElement(name);
  element.textContent = words;
  if (kind) element.className = kind;
  return element;
}

// Put a picture in the place of another, or say why there is none.
export async function picture(image, told, address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (answer.ok) {
    const old = image.src;
    image.src = URL.createObjectURL(await answer.blob());
    if (old.startsWith("blob:")) URL.revokeObjectURL(old);
    told.textContent = "";
  } else {
    told.textContent = await answer.text();
  }
  image.hidden = !answer.ok;
}

// The field, or the nearest group, that a name of a control belongs to.
export function fieldOf(name, within = document) {
  for (let path = name; path; path = path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "") {
    const field = one(`[data-field="${CSS.escape(path)}"]`, within);
    if (field) return field;
  }
  return null;
}
