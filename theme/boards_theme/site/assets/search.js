/* Search: text folded and found alike on every site; where it is looked up, each page says. */
window.boardsSearch = (function () {
  "use strict";

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

  /* An index as it was written, folded. */
  function read(raw) {
    var variants = readVariants(raw.variants);
    return {
      variants: variants,
      entries: raw.entries.map(function (e) {
        return { url: e[0], name: e[1], kind: e[2], said: e[3], text: fold(e[3], variants), keys: e[4], title: fold(e[1], variants) };
      })
    };
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

  /* A script that sets one name; a folder opened by double-click allows no other way to load data. */
  function load(address, name, done) {
    var script = document.createElement("script");
    var loaded = function () {
      var value = window[name];
      window[name] = undefined;
      script.remove();
      done(value);
    };
    script.src = address;
    script.onload = loaded;
    script.onerror = loaded;
    document.head.append(script);
  }

  /* Opens and closes a dialog, and moves in it by keys; `show` is told of everything typed. */
  function wire(dialog, show) {
    var input = dialog.querySelector("[data-bb-search-input]");
    var results = dialog.querySelector("[data-bb-search-results]");
    var open = function () {
      if (!dialog.open) dialog.showModal();
      input.select();
      show("");
    };
    document.querySelectorAll("[data-bb-search-open]").forEach(function (button) {
      button.hidden = false;
      button.addEventListener("click", open);
    });
    document.addEventListener("keydown", function (event) {
      var typing = /^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName);
      if (event.key === "/" && !typing) { event.preventDefault(); open(); }
    });
    input.addEventListener("input", function () { show(input.value); });
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

  return { fold: fold, readVariants: readVariants, read: read, find: find, row: row, load: load, wire: wire };
})();
