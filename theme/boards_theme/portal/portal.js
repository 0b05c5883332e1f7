/* Search over all branches: shards say which branches to ask, and each branch's own index answers. */
(function () {
  "use strict";
  var search = window.boardsSearch;
  var dialog = document.querySelector("[data-bb-search]");
  var input = dialog.querySelector("[data-bb-search-input]");
  var results = dialog.querySelector("[data-bb-search-results]");
  var count = dialog.querySelector("[data-bb-search-count]");
  var more = dialog.querySelector("[data-bb-search-more]");
  var LIMIT = 20; /* pages that are enough to stop asking further branches */
  var AT_ONCE = 6; /* branches that are asked together */
  var LATIN = /^[a-z0-9]{3}$/;
  var LONGEST_KEY = 6;
  var catalogue = null;
  var shards = {};
  var indexes = {};
  var asked = 0;

  /* One after another: each script sets the same name. */
  var waiting = [];
  var busy = false;
  function next() {
    if (busy || !waiting.length) return;
    var one = waiting.shift();
    busy = true;
    search.load(one.address, one.name, function (value) { busy = false; one.done(value); next(); });
  }
  function load(address, name, done) {
    waiting.push({ address: address, name: name, done: done });
    next();
  }

  function withCatalogue(done) {
    if (catalogue) return done();
    load(dialog.dataset.catalogue + "catalogue.js", "boardsCatalogue", function (raw) {
      if (!catalogue && raw) {
        catalogue = raw;
        catalogue.pairs = search.readVariants(raw.variants);
      }
      if (catalogue) done();
    });
  }

  function shardOf(gram) {
    var made = 0;
    for (var character of gram) made = (Math.imul(made, 31) + character.codePointAt(0)) >>> 0;
    return ((made ^ (made >>> 15)) >>> 0) % catalogue.shards;
  }

  /* What is typed, cut as the shards are: three Latin letters or digits, else two characters. */
  function gramsOf(word) {
    var characters = Array.from(word);
    if (characters.length === 1) return [word];
    var found = [];
    var covered = -1;
    for (var n = 0; n + 1 < characters.length; n += 1) {
      var three = characters.slice(n, n + 3).join("");
      if (LATIN.test(three)) { found.push(three); covered = n + 1; }
      else if (n > covered - 1) found.push(characters.slice(n, n + 2).join(""));
    }
    return found.filter(function (gram, place) { return found.indexOf(gram) === place; });
  }

  function numbersOf(written) {
    var found = [];
    if (!written) return found;
    if (written[0] === "!") {
      var bits = atob(written.slice(1));
      for (var n = 0; n < bits.length * 8; n += 1) if (bits.charCodeAt(n >> 3) & (1 << (n & 7))) found.push(n);
      return found;
    }
    var at = -1;
    written.split(".").forEach(function (step) { at += parseInt(step, 36); found.push(at); });
    return found;
  }

  /* The branches of a gram: 2 for those whose titles have it, 1 for those that have it elsewhere. */
  function branchesOf(gram) {
    var found = new Map();
    var parts = (shards[shardOf(gram)][gram] || "|").split("|");
    numbersOf(parts[1]).forEach(function (number) { found.set(number, 1); });
    numbersOf(parts[0]).forEach(function (number) { found.set(number, 2); });
    return found;
  }

  function inAll(maps) {
    var found = new Map();
    maps[0].forEach(function (weight, number) {
      var least = maps.reduce(function (low, map) { return Math.min(low, map.get(number) || 0); }, weight);
      if (least) found.set(number, least);
    });
    return found;
  }

  function branchesWith(word) {
    var found = inAll(gramsOf(word).map(branchesOf));
    branchesOf("^" + word.slice(0, LONGEST_KEY)).forEach(function (weight, number) { found.set(number, 2); });
    return found;
  }

  function needed(words) {
    var numbers = {};
    words.forEach(function (word) {
      gramsOf(word).concat("^" + word.slice(0, LONGEST_KEY)).forEach(function (gram) { numbers[shardOf(gram)] = true; });
    });
    return Object.keys(numbers);
  }

  function withShards(numbers, done) {
    var missing = numbers.filter(function (number) { return !shards[number]; });
    if (!missing.length) return done();
    var left = missing.length;
    missing.forEach(function (number) {
      var address = dialog.dataset.catalogue + Number(number).toString(16).padStart(3, "0") + ".js";
      load(address, "boardsShard", function (raw) { shards[number] = raw || {}; left -= 1; if (!left) done(); });
    });
  }

  function withIndexes(numbers, done) {
    var missing = numbers.filter(function (number) { return !indexes[number]; });
    if (!missing.length) return done();
    var left = missing.length;
    missing.forEach(function (number) {
      var address = dialog.dataset.branches + catalogue.branches[number][0] + "/assets/search-index.js";
      load(address, "boardsSearchIndex", function (raw) {
        indexes[number] = search.read(raw || { entries: [], variants: "" });
        left -= 1;
        if (!left) done();
      });
    });
  }

  function rowOf(hit, number) {
    var branch = catalogue.branches[number];
    var item = search.row(hit, dialog.dataset.branches + branch[0] + "/", indexes[number].variants);
    item.querySelector(".bb-search__kind").textContent = branch[2] + " " + branch[1] + " · " + hit.entry.kind;
    return item;
  }

  /* Asks branches until there is enough to show; `from` are those asked before. */
  function ask(order, from, turn, typed, touched) {
    var upTo = Math.min(order.length, from + AT_ONCE);
    var started = performance.now();
    withIndexes(order.slice(0, upTo), function () {
      if (turn !== asked) return;
      var hits = [];
      order.slice(0, upTo).forEach(function (number) {
        search.find(indexes[number], typed).forEach(function (hit) { hits.push({ hit: hit, number: number }); });
      });
      if (hits.length < LIMIT && upTo < order.length) return ask(order, upTo, turn, typed, touched);
      hits.sort(function (a, b) { return a.hit.score - b.hit.score; });
      results.replaceChildren.apply(results, hits.slice(0, LIMIT).map(function (one) { return rowOf(one.hit, one.number); }));
      more.hidden = upTo >= order.length;
      more.textContent = "再找其余 " + (order.length - upTo) + " 个支部";
      more.onclick = function () { ask(order, upTo, turn, typed, touched); };
      count.textContent = hits.length ? "找到 " + hits.length + " 页" + (hits.length > LIMIT ? "，显示前 " + LIMIT + " 页" : "") + "，找了 " + upTo + " 个支部" : "没有找到，换个词试试";
      dialog.dataset.shards = touched;
      dialog.dataset.indexes = upTo;
      dialog.dataset.answered = typed;
      dialog.dataset.took = Math.round(performance.now() - started);
    });
  }

  search.wire(dialog, function () {
    var typed = input.value;
    var turn = (asked += 1);
    withCatalogue(function () {
      var whole = search.fold(typed, catalogue.pairs);
      if (turn !== asked) return;
      more.hidden = true;
      if (!whole) {
        results.replaceChildren();
        count.textContent = "";
        return;
      }
      var words = typed.trim().split(/\s+/).map(function (word) { return search.fold(word, catalogue.pairs); }).filter(Boolean);
      var numbers = needed(words.concat(whole));
      withShards(numbers, function () {
        if (turn !== asked) return;
        var found = words.length > 1 ? inAll(words.map(branchesWith)) : new Map();
        branchesWith(whole).forEach(function (weight, number) { found.set(number, weight + 2); });
        var order = Array.from(found.keys()).sort(function (a, b) { return found.get(b) - found.get(a) || a - b; });
        ask(order, 0, turn, typed, numbers.length);
      });
    });
  });
})();
