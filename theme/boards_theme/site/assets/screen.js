/* The rotation: one timer, nothing added to the page while it runs, so it can run for weeks. */
(function () {
  "use strict";
  var CHECK_EVERY = 10 * 60 * 1000;
  var IDLE_AFTER = 4000;
  var stage = document.querySelector("[data-screen]");
  var slides = Array.from(stage.querySelectorAll("[data-seconds]"));
  var bar = stage.querySelector("[data-screen-progress]");
  var pauseButton = stage.querySelector("[data-do='pause']");
  var fallback = stage.querySelector("[data-fallback]");
  var calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  var current = 0;
  var paused = false;
  var timer = 0;
  var idle = 0;

  function localDay() {
    var now = new Date();
    var two = function (n) { return String(n).padStart(2, "0"); };
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  /* The newest day with messages that is not in the future; every message slide shows that day. */
  function messageDay(today) {
    var days = Array.from(stage.querySelectorAll("[data-date]")).map(function (day) { return day.dataset.date; });
    return days.filter(function (day) { return day <= today; }).sort().pop() || "";
  }

  function chooseDay(slide, today) {
    var days = Array.from(slide.querySelectorAll("[data-date]"));
    if (!days.length) return;
    var chosen = messageDay(today);
    days.forEach(function (day) { day.hidden = day.dataset.date !== chosen; });
    var head = slide.querySelector("[data-otherwise]");
    head.textContent = chosen === today ? head.dataset.today : head.dataset.otherwise;
    var parts = chosen.split("-").map(Number);
    slide.querySelector("[data-kicker]").textContent = parts[0] + "年" + parts[1] + "月" + parts[2] + "日";
  }

  function localTime() {
    var now = new Date();
    return String(now.getHours()).padStart(2, "0") + ":" + String(now.getMinutes()).padStart(2, "0");
  }

  /* From one time of day to another, over midnight if the second is the earlier. */
  function within(opens, closes, now) {
    if (!opens && !closes) return true;
    if (opens && closes && closes < opens) return now >= opens || now < closes;
    return now >= (opens || "00:00") && (!closes || now < closes);
  }

  function daysBetween(one, other) {
    return Math.round((Date.parse(other) - Date.parse(one)) / 86400000);
  }

  function due(slide, today) {
    if (slide.dataset.start && today < slide.dataset.start) return false;
    if (slide.dataset.end && today > slide.dataset.end) return false;
    if (slide.dataset.weekdays && slide.dataset.weekdays.indexOf(new Date().getDay() || 7) < 0) return false;
    if (!within(slide.dataset.opens, slide.dataset.closes, localTime())) return false;
    var days = Array.from(slide.querySelectorAll("[data-date]"));
    if (!days.length) return true;
    var chosen = messageDay(today);
    if (!chosen || daysBetween(chosen, today) > Number(slide.dataset.fresh)) return false;
    return days.some(function (day) { return day.dataset.date === chosen; });
  }

  function step(by) {
    var today = localDay();
    var place = current;
    for (var tries = 0; tries < slides.length; tries += 1) {
      place = (place + by + slides.length) % slides.length;
      if (due(slides[place], today)) break;
    }
    current = due(slides[place], today) ? place : slides.indexOf(fallback);
    show();
  }

  function show() {
    chooseDay(slides[current], localDay());
    slides.forEach(function (slide, place) { slide.hidden = place !== current; });
    run();
  }

  function run() {
    clearTimeout(timer);
    var seconds = Number(slides[current].dataset.seconds);
    bar.style.transition = "none";
    bar.style.transform = "scaleX(0)";
    if (paused) return;
    if (!calm.matches) {
      void bar.offsetWidth;
      bar.style.transition = "transform " + seconds + "s linear";
    }
    bar.style.transform = "scaleX(1)";
    timer = setTimeout(function () { step(1); }, seconds * 1000);
  }

  function pause() {
    paused = !paused;
    pauseButton.textContent = paused ? "继续" : "暂停";
    pauseButton.setAttribute("aria-pressed", String(paused));
    run();
  }

  function full() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen().catch(function () {});
  }

  var deeds = { back: function () { step(-1); }, next: function () { step(1); }, pause: pause, full: full };
  var keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", MediaTrackNext: "next", ChannelUp: "next",
    ArrowLeft: "back", ArrowUp: "back", PageUp: "back", MediaTrackPrevious: "back", ChannelDown: "back",
    " ": "pause", Enter: "pause", p: "pause", MediaPlayPause: "pause", Pause: "pause",
    f: "full", F: "full", F11: ""
  };

  document.addEventListener("keydown", function (event) {
    if (event.target.tagName === "BUTTON" && (event.key === "Enter" || event.key === " ")) return;
    if (/^[1-9]$/.test(event.key) && Number(event.key) <= slides.length) {
      current = Number(event.key) - 2;
      step(1);
    } else if (keys[event.key]) {
      event.preventDefault();
      deeds[keys[event.key]]();
    }
  });

  stage.querySelector("[data-screen-controls]").addEventListener("click", function (event) {
    var button = event.target.closest("[data-do]");
    if (button) deeds[button.dataset.do]();
  });

  function wake() {
    stage.classList.add("is-awake");
    stage.classList.remove("is-idle");
    clearTimeout(idle);
    idle = setTimeout(function () {
      stage.classList.remove("is-awake");
      stage.classList.add("is-idle");
    }, IDLE_AFTER);
  }
  document.addEventListener("mousemove", wake);

  /* A newer site is taken up by itself; the script tag leaves again at once. */
  setInterval(function () {
    var script = document.createElement("script");
    script.src = "assets/screen-version.js?" + Date.now();
    script.onload = script.onerror = function () {
      script.remove();
      if (window.boardsScreenVersion && window.boardsScreenVersion !== document.body.dataset.version) location.reload();
    };
    document.head.append(script);
  }, CHECK_EVERY);

  /* A second screen beside the first begins elsewhere: screen.html?from=5, or ?from=cases. */
  function first() {
    var from = new URLSearchParams(location.search).get("from") || "1";
    var named = slides.findIndex(function (slide) { return slide.classList.contains("slide--" + from); });
    return named >= 0 ? named : Math.min(Math.max(parseInt(from, 10) || 1, 1), slides.length) - 1;
  }

  current = first() - 1;
  step(1);
})();
