// The desk: keeps what is typed, says what is wrong with it, and shows what it looks like.
(() => {
  const at = document.body.dataset.at;
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const one = (query, within = document) => within.querySelector(query);
  const made = (name, words = "", kind = "") => {
    const element = document.createElement(name);
    element.textContent = words;
    if (kind) element.className = kind;
    return element;
  };
  const send = (place, body) => fetch(`${at}/${place}`, { method: "POST", body, credentials: "same-origin" });

  // Lists: looked for by characters, pinyin and ids, as the words stand in data-found.
  for (const field of all("[data-finds]")) {
    field.addEventListener("input", () => {
      const words = field.value.toLowerCase().replace(/ⅱ/g, "ii").split(/\s+/).filter(Boolean);
      let count = 0;
      for (const row of all(field.dataset.finds)) {
        const found = row.dataset.found.replace(/ⅱ/g, "ii");
        row.hidden = !words.every((word) => found.includes(word));
        if (!row.hidden) count += 1;
      }
      const told = one(`output[for="${field.id}"]`);
      told.textContent = count ? `${count} 条` : told.dataset.none;
    });
  }

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

  for (const drop of all("form.drop")) {
    for (const name of ["dragover", "drop"]) {
      drop.addEventListener(name, (event) => {
        event.preventDefault();
        if (name === "drop") one('input[type="file"]', drop).files = event.dataTransfer.files;
      });
    }
  }

  // One poster: shown in the size and look that are chosen.
  const sized = one("#picture");
  if (sized) {
    const show = () => {
      const words = new URLSearchParams({ size: one("#size").value, look: one("#look").value });
      picture(sized, one("#picture-said"), `${sized.dataset.src}?${words}`);
    };
    for (const control of all("[data-shows]")) control.addEventListener("change", show);
  }

  async function picture(image, told, address) {
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

  const form = one("#form");
  if (!form) return;

  // What is typed is kept and tried at once, one request after another, the last state last.
  let waiting = 0;
  let running = null;
  let dirty = false;
  let last = null;
  // Of a new record nobody is told what is still to be filled in before it is to be saved.
  let asked = one('[name="-record"]', form).value !== "";
  const state = one("#state");

  function changed() {
    dirty = true;
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
      const answer = await send("check", new URLSearchParams(new FormData(form)));
      if (!answer.ok) throw new Error(await answer.text());
      told(await answer.json());
    } catch (error) {
      state.textContent = `没有记下：${error.message || "工作台关掉了"}`;
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

  one("#drop").addEventListener("submit", (event) => {
    event.preventDefault();
    rest().then(() => one("#drop").submit());
  });

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
    state.textContent = wrong ? "草稿已记下，还不能保存" : said.changed ? "草稿已记下，没有保存" : "没有改动";
    if (said.lapses && !wrong) state.textContent += "；保存以后要重新审批";
    show(said);
  }

  // A field is marked itself, or the nearest group that it is in.
  function mark(name, words, rest, wrong) {
    let field = null;
    for (let path = name; path && !field; path = path.includes(".") ? path.slice(0, path.lastIndexOf(".")) : "") {
      field = one(`[data-field="${CSS.escape(path)}"]`, form);
    }
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
      const folded = field.closest("details");
      if (folded) folded.open = true;
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
    const answer = await send("save", new URLSearchParams(new FormData(form)));
    if (!answer.ok) {
      state.textContent = await answer.text();
      return;
    }
    const said = await answer.json();
    if (said.saved) {
      location.assign(said.saved);
      return;
    }
    told(said);
    const first = one('[aria-invalid="true"]', form) || one("#told a, #told input", form);
    if (first) first.focus();
  }

  form.addEventListener("input", (event) => {
    if (!event.target.matches(".within, .pick")) changed();
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
  addEventListener("pagehide", () => {
    if (dirty) navigator.sendBeacon(`${at}/check`, new URLSearchParams(new FormData(form)));
  });

  // Lists of groups and of lines.
  let count = 0;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const data = button.dataset;
    if (data.add) addPart(data.add);
    else if (data.addLine) addLine(button);
    else if ("remove" in data) leave(button.closest(".part"));
    else if ("removeLine" in data) leave(button.closest("li"));
    else if (data.move) move(button.closest(".part"), data.move, button);
    else if (data.turn) turn(button.closest(".picture"), data.turn);
  });

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
    row.append(input, gone);
    list.append(row);
    input.focus();
  }

  function leave(row) {
    const next = row.nextElementSibling || row.previousElementSibling || row.parentElement.parentElement;
    row.remove();
    const focus = one("input,button", next);
    if (focus) focus.focus();
    changed();
  }

  function move(part, way, button) {
    const other = way === "up" ? part.previousElementSibling : part.nextElementSibling;
    if (!other) return;
    if (way === "up") other.before(part);
    else other.after(part);
    button.focus();
    changed();
  }

  // Enter in a line of a list begins the next one.
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing || event.target.tagName !== "INPUT") return;
    event.preventDefault();
    if (event.target.closest("ol.lines")) one("[data-add-line]", event.target.closest("fieldset")).click();
  });

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
  form.addEventListener("change", roles);
  roles();

  form.addEventListener("input", (event) => {
    if (!event.target.matches(".within")) return;
    const words = event.target.value.trim();
    for (const chip of all(".chip", event.target.parentElement)) chip.hidden = !chip.textContent.includes(words);
  });

  // Photos: chosen, dropped on the field, or pasted into it.
  async function photo(box, file) {
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
    if (said.refused) {
      note.textContent = said.refused;
      note.hidden = false;
      return;
    }
    one("input[name]", box).value = said.file;
    const image = one("img", box);
    image.src = said.shown;
    image.hidden = false;
    changed();
  }

  form.addEventListener("change", (event) => {
    if (event.target.matches(".pick") && event.target.files[0]) photo(event.target.closest(".picture"), event.target.files[0]);
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

  // The page and the posters of what is typed.
  const frame = one("#page");
  let place = "";

  function show(said) {
    const poster = one("#poster-id");
    const tab = one("#tab-poster");
    tab.hidden = !said.posters.length;
    const kept = poster.value;
    poster.replaceChildren(...said.posters.map((row) => {
      const option = made("option", row.title);
      option.value = row.id;
      option.dataset.size = row.size;
      return option;
    }));
    if (said.posters.some((row) => row.id === kept)) poster.value = kept;
    if (tab.getAttribute("aria-selected") === "true" && said.posters.length) showPoster();
    else showPage();
  }

  function showPage() {
    if (!last || !last.page || place === last.page) return;
    one("#page-said").hidden = true;
    place = last.page;
    const old = frame.contentWindow;
    const [x, y] = [old.scrollX, old.scrollY];
    const first = !frame.dataset.shown;
    frame.dataset.shown = "yes";
    frame.addEventListener("load", () => {
      if (!first) frame.contentWindow.scrollTo(x, y);
    }, { once: true });
    old.location.replace(last.page);
  }

  function showPoster() {
    const option = one("#poster-id").selectedOptions[0];
    if (!option) return;
    const words = new URLSearchParams({
      poster: option.value,
      size: one("#poster-size").value || option.dataset.size,
      look: one("#poster-look").value,
    });
    picture(one("#poster"), one("#poster-said"), `${last.picture}?${words}`);
  }

  for (const name of ["#poster-id", "#poster-size", "#poster-look"]) one(name).addEventListener("change", showPoster);
  const tabs = all('[role="tab"]');
  for (const tab of tabs) {
    tab.addEventListener("click", () => {
      for (const row of tabs) {
        const on = row === tab;
        row.setAttribute("aria-selected", String(on));
        row.tabIndex = on ? 0 : -1;
        one(`#${row.getAttribute("aria-controls")}`).hidden = !on;
      }
      one("#poster-choices").hidden = tab.id !== "tab-poster";
      if (tab.id === "tab-poster") showPoster();
      else showPage();
    });
    tab.addEventListener("keydown", (event) => {
      if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
      const other = tabs.filter((row) => !row.hidden && row !== tab)[0];
      if (other) {
        other.click();
        other.focus();
      }
    });
  }

  if (new URLSearchParams(location.search).has("saved")) {
    history.replaceState(null, "", location.pathname);
    tell().then(() => (state.textContent = "保存了"));
  } else {
    tell();
  }
})();
