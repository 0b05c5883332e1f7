/* Search, today's message, roster filters, copying. Everything also reads without it. */
(function () {
  "use strict";

  /* --- search ------------------------------------------------------------------------------- */
  var fold = window.boardsSearch.fold;
  var dialog = document.querySelector("[data-bb-search]");

  function loadIndex(done) {
    if (loadIndex.ready) return done(loadIndex.ready);
    window.boardsSearch.load(dialog.dataset.index, "boardsSearchIndex", function (raw) {
      loadIndex.ready = window.boardsSearch.read(raw);
      done(loadIndex.ready);
    });
  }

  if (dialog) {
    var results = dialog.querySelector("[data-bb-search-results]");
    var count = dialog.querySelector("[data-bb-search-count]");
    var input = dialog.querySelector("[data-bb-search-input]");
    var LIMIT = 30;

    window.boardsSearch.wire(dialog, function () {
      loadIndex(function (index) {
        var hits = window.boardsSearch.find(index, input.value);
        results.replaceChildren.apply(results, hits.slice(0, LIMIT).map(function (hit) { return window.boardsSearch.row(hit, dialog.dataset.base, index.variants); }));
        if (!input.value.trim()) count.textContent = "";
        else if (!hits.length) count.textContent = "没有找到，换个词试试";
        else count.textContent = "找到 " + hits.length + " 页" + (hits.length > LIMIT ? "，显示前 " + LIMIT + " 页" : "");
      });
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

  /* --- the print room: posters by words of their names, and one in a fold that is linked to ------------ */
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
      document.querySelectorAll("section, .bb-older, .bb-more").forEach(function (part) {
        var rows = part.querySelectorAll(PRINTS);
        if (!rows.length) return;
        part.hidden = !Array.from(rows).some(function (row) { return !row.hidden; });
        if (part.matches("details")) part.open = words.length > 0 && !part.hidden;
      });
      finder.querySelector("output").textContent = words.length ? (shown ? "找到 " + shown + " 张" : "没有找到，换个词试试") : "";
    });
    var unfold = function () {
      var wanted = location.hash && document.getElementById(location.hash.slice(1));
      var folded = wanted && wanted.closest("details");
      if (folded) { folded.open = true; wanted.scrollIntoView(); }
    };
    window.addEventListener("hashchange", unfold);
    unfold();
  }
})();
