/* Search, today's message, roster filters, copying. Everything also reads without it. */
(function () {
  "use strict";

  /* --- search ------------------------------------------------------------------------------- */
  var dialog = document.querySelector("[data-bb-search]");

  function fold(text, variants) {
    var folded = text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
    var out = "";
    for (var character of folded) out += variants[character] || character;
    return out;
  }

  function readVariants(pairs) {
    var characters = Array.from(pairs);
    var map = {};
    for (var n = 0; n + 1 < characters.length; n += 2) map[characters[n]] = characters[n + 1];
    return map;
  }

  var NOWHERE = 9;

  function rank(entry, query) {
    var title = entry.title.indexOf(query);
    if (title === 0) return 0;
    if (title > 0) return 1;
    if (entry.keys.indexOf(query) === 0 || entry.keys.indexOf(" " + query) >= 0) return 2;
    var text = entry.text.indexOf(query);
    return text < 0 ? NOWHERE : text === 0 ? 3 : 4;
  }

  /* All as one word, or each word somewhere on the page: 陈 化永 is a name, 落差 支架 are two. */
  function find(index, typed) {
    var whole = fold(typed, index.variants);
    if (!whole) return [];
    var words = typed.trim().split(/\s+/).map(function (word) { return fold(word, index.variants); });
    var found = [];
    index.entries.forEach(function (entry, place) {
      var score = rank(entry, whole);
      var together = score < NOWHERE;
      if (!together) score = Math.max.apply(null, words.map(function (word) { return rank(entry, word); }));
      if (score < NOWHERE) found.push({ entry: entry, score: together ? score : score + 5, place: place, queries: together ? [whole] : words });
    });
    return found.sort(function (a, b) { return a.score - b.score || a.place - b.place; });
  }

  /* Where the folded query stands in the text as it reads. */
  function locate(text, query, variants) {
    var folded = "";
    var places = [];
    Array.from(text).forEach(function (character, place) {
      Array.from(fold(character, variants)).forEach(function (part) { folded += part; places.push(place); });
    });
    var at = folded.indexOf(query);
    if (at < 0) return null;
    var units = Array.from(folded.slice(0, at)).length;
    return [places[units], places[units + Array.from(query).length - 1] + 1];
  }

  function excerpt(hit, variants) {
    var line = document.createElement("span");
    line.className = "bb-search__excerpt";
    var characters = Array.from(hit.entry.said);
    var found = hit.queries.reduce(function (at, query) { return at || locate(hit.entry.said, query, variants); }, null);
    if (!found) {
      line.textContent = characters.slice(0, 48).join("") + (characters.length > 48 ? "…" : "");
      return line;
    }
    var from = Math.max(0, found[0] - 16);
    var mark = document.createElement("mark");
    mark.textContent = characters.slice(found[0], found[1]).join("");
    var rest = characters.slice(found[1], found[1] + 32).join("");
    line.append((from ? "…" : "") + characters.slice(from, found[0]).join(""), mark, rest + (found[1] + 32 < characters.length ? "…" : ""));
    return line;
  }

  function row(hit, base, variants) {
    var item = document.createElement("li");
    var link = document.createElement("a");
    link.href = base + hit.entry.url;
    var kind = document.createElement("span");
    kind.className = "bb-search__kind";
    kind.textContent = hit.entry.kind;
    var title = document.createElement("span");
    title.className = "bb-search__title";
    title.textContent = hit.entry.name;
    link.append(kind, title, excerpt(hit, variants));
    item.append(link);
    return item;
  }

  function loadIndex(done) {
    if (loadIndex.ready) return done(loadIndex.ready);
    var script = document.createElement("script");
    script.src = dialog.dataset.index;
    script.onload = function () {
      var raw = window.boardsSearchIndex;
      var variants = readVariants(raw.variants);
      loadIndex.ready = {
        variants: variants,
        entries: raw.entries.map(function (e) {
          return { url: e[0], name: e[1], kind: e[2], said: e[3], text: fold(e[3], variants), keys: e[4], title: fold(e[1], variants) };
        })
      };
      done(loadIndex.ready);
    };
    document.head.append(script);
  }

  if (dialog) {
    var input = dialog.querySelector("[data-bb-search-input]");
    var results = dialog.querySelector("[data-bb-search-results]");
    var count = dialog.querySelector("[data-bb-search-count]");
    var LIMIT = 30;

    var show = function () {
      loadIndex(function (index) {
        var hits = find(index, input.value);
        results.replaceChildren.apply(results, hits.slice(0, LIMIT).map(function (hit) { return row(hit, dialog.dataset.base, index.variants); }));
        if (!input.value.trim()) count.textContent = "";
        else if (!hits.length) count.textContent = "没有找到，换个词试试";
        else count.textContent = "找到 " + hits.length + " 页" + (hits.length > LIMIT ? "，显示前 " + LIMIT + " 页" : "");
      });
    };
    var open = function () {
      if (!dialog.open) dialog.showModal();
      input.select();
      loadIndex(function () {});
    };
    document.querySelector("[data-bb-search-open]").addEventListener("click", open);
    document.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
      if (event.key === "/" && !typing) { event.preventDefault(); open(); }
    });
    input.addEventListener("input", show);
    dialog.addEventListener("click", function (event) { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener("keydown", function (event) {
      if (event.isComposing) return;
      if (event.key !== "ArrowDown" && event.key !== "ArrowUp" && event.key !== "Enter") return;
      var links = Array.from(results.querySelectorAll("a"));
      if (event.key === "Enter") {
        if (document.activeElement === input) { event.preventDefault(); if (links[0]) links[0].click(); }
        return;
      }
      event.preventDefault();
      var next = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
      if (next < 0) input.focus();
      else if (links[next]) links[next].focus();
    });
  }

  /* --- today's message: chosen here, so that a site built last week is right today ------------ */
  function localDay() {
    var now = new Date();
    var two = function (n) { return String(n).padStart(2, "0"); };
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  var todaySection = document.querySelector("[data-bb-today]");
  if (todaySection) {
    var days = Array.from(todaySection.querySelectorAll("[data-date]"));
    var today = localDay();
    var chosen = days.filter(function (day) { return day.dataset.date <= today; })[0];
    days.forEach(function (day) { day.hidden = day !== chosen; });
    todaySection.hidden = !chosen;
    var head = todaySection.querySelector("[data-otherwise]");
    if (chosen && chosen.dataset.date !== today) head.textContent = head.dataset.otherwise;
  }

  /* --- roster filters ------------------------------------------------------------------------ */
  var filters = document.querySelector("[data-bb-filters]");
  if (filters) {
    var people = Array.from(document.querySelectorAll("[data-bb-roster] li[data-zones]"));
    var nobody = document.querySelector("[data-bb-nobody]");
    var NAMES = ["zones", "roles", "groups"];
    var fits = function (person, wanted) {
      return NAMES.every(function (name) {
        return !wanted[name] || person.dataset[name].split(" ").indexOf(wanted[name]) >= 0;
      });
    };
    var filter = function () {
      var wanted = {};
      NAMES.forEach(function (name) { wanted[name] = filters.elements[name].value; });
      var shown = people.filter(function (person) {
        person.hidden = !fits(person, wanted);
        return !person.hidden;
      }).length;
      var chosen = NAMES.some(function (name) { return wanted[name]; });
      if (nobody) nobody.hidden = shown > 0;
      filters.querySelector("output").textContent = chosen ? "显示 " + shown + " 名" : "";
      filters.querySelector("button").toggleAttribute("data-bb-waiting", !chosen);
      /* What would leave nobody is not on offer. */
      NAMES.forEach(function (name) {
        Array.from(filters.elements[name].options).forEach(function (option) {
          var tried = Object.assign({}, wanted);
          tried[name] = option.value;
          option.disabled = Boolean(option.value) && !people.some(function (person) { return fits(person, tried); });
        });
      });
    };
    filters.addEventListener("change", filter);
    filters.addEventListener("reset", function () { setTimeout(filter); });
    if (people.length) filter();
  }

  /* --- copying a day's messages (clipboard API where allowed, selection elsewhere) ------------- */
  function copy(text, done) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text).then(done);
    var area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    if (document.execCommand("copy")) done();
    area.remove();
  }

  document.querySelectorAll("[data-bb-copy]").forEach(function (button) {
    button.addEventListener("click", function () {
      var text = button.closest("[data-date]").querySelector("pre").textContent;
      copy(text, function () { button.textContent = "已复制"; });
    });
  });

  /* --- photos open large: by keys, by swiping ---------------------------------------------------- */
  var photos = Array.from(document.querySelectorAll("[data-bb-photo]"));
  if (photos.length && window.HTMLDialogElement) {
    var gallery = document.createElement("dialog");
    var picture = document.createElement("img");
    var caption = document.createElement("p");
    var controls = document.createElement("div");
    var shown = 0;
    var touched = null;
    var turn = function (by) {
      shown = (shown + by + photos.length) % photos.length;
      var figure = photos[shown].closest("figure");
      var words = figure.querySelector("figcaption");
      picture.src = photos[shown].href;
      picture.alt = figure.querySelector("img").alt;
      caption.textContent = (photos.length > 1 ? shown + 1 + "/" + photos.length + "　" : "") + (words ? words.textContent : picture.alt);
    };
    var button = function (name, done) {
      var made = document.createElement("button");
      made.type = "button";
      made.textContent = name;
      made.addEventListener("click", done);
      controls.append(made);
    };
    if (photos.length > 1) button("上一张", function () { turn(-1); });
    button("关闭", function () { gallery.close(); });
    if (photos.length > 1) button("下一张", function () { turn(1); });
    gallery.className = "bb-gallery";
    gallery.setAttribute("aria-label", "照片");
    caption.setAttribute("role", "status");
    gallery.append(picture, caption, controls);
    document.body.append(gallery);
    gallery.addEventListener("keydown", function (event) {
      if (event.key === "ArrowLeft") turn(-1);
      if (event.key === "ArrowRight") turn(1);
    });
    gallery.addEventListener("touchstart", function (event) { touched = event.changedTouches[0].clientX; }, { passive: true });
    gallery.addEventListener("touchend", function (event) {
      var moved = event.changedTouches[0].clientX - touched;
      if (touched !== null && Math.abs(moved) > 40) turn(moved < 0 ? 1 : -1);
      touched = null;
    });
    photos.forEach(function (photo, place) {
      photo.addEventListener("click", function (event) {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        shown = place;
        turn(0);
        gallery.showModal();
      });
    });
  }

  /* --- the command for another size or way of printing ------------------------------------------ */
  document.querySelectorAll(".bb-order").forEach(function (order) {
    var command = order.querySelector("code").textContent.split(" --")[0];
    order.addEventListener("toggle", function () {
      if (order.querySelector("select")) return;
      var choices = order.closest("section").querySelector("[data-bb-choices]").content.cloneNode(true);
      order.querySelector("summary").after(choices);
    });
    order.addEventListener("change", function () {
      var words = Array.from(order.querySelectorAll("select")).map(function (choice) { return "--" + choice.name + " " + choice.value; });
      order.querySelector("code").textContent = [command].concat(words).join(" ");
    });
  });

  /* --- the print room: posters by words of their names, and a year that is linked to ------------ */
  var finder = document.querySelector("[data-bb-print-filter]");
  if (finder) {
    var PRINTS = ".bb-print, .bb-older li";
    var prints = Array.from(document.querySelectorAll(PRINTS)).map(function (print) {
      var group = print.closest("section").querySelector("h2").textContent;
      return { row: print, said: fold((print.querySelector("h3") || print).textContent + group, {}) };
    });
    finder.removeAttribute("data-bb-waiting");
    finder.addEventListener("input", function (event) {
      var words = event.target.value.split(/\s+/).map(function (word) { return fold(word, {}); }).filter(Boolean);
      var shown = 0;
      prints.forEach(function (print) {
        print.row.hidden = !words.every(function (word) { return print.said.indexOf(word) >= 0; });
        if (!print.row.hidden) shown += 1;
      });
      document.querySelectorAll("section, .bb-older").forEach(function (part) {
        var rows = part.querySelectorAll(PRINTS);
        if (!rows.length) return;
        part.hidden = !Array.from(rows).some(function (row) { return !row.hidden; });
        if (part.matches("details")) part.open = words.length > 0 && !part.hidden;
      });
      finder.querySelector("output").textContent = words.length ? (shown ? "找到 " + shown + " 张" : "没有找到，换个词试试") : "";
    });
    var unfold = function () {
      var year = location.hash && document.getElementById(location.hash.slice(1));
      if (year && year.matches("details")) year.open = true;
    };
    window.addEventListener("hashchange", unfold);
    unfold();
  }
})();
