/* Day or night: as it was chosen here, else as the system has it. Runs before anything is drawn. */
(function () {
  "use strict";
  var KEY = "boards-scheme";
  var chosen = null;
  try { chosen = localStorage.getItem(KEY); } catch (error) { /* a folder may have no storage */ }
  var dark = chosen ? chosen === "slate" : window.matchMedia("(prefers-color-scheme: dark)").matches;
  var apply = function () { document.body.setAttribute("data-md-color-scheme", dark ? "slate" : "default"); };
  apply();
  document.addEventListener("DOMContentLoaded", function () {
    var button = document.querySelector("[data-bb-scheme]");
    var name = function () { button.textContent = dark ? "浅色" : "深色"; };
    button.hidden = false;
    name();
    button.addEventListener("click", function () {
      dark = !dark;
      apply();
      name();
      try { localStorage.setItem(KEY, dark ? "slate" : "default"); } catch (error) { /* as above */ }
    });
  });
})();
