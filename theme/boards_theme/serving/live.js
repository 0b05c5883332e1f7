// Reloads a previewed page when its records were changed; the browser keeps the place.
(() => {
  const own = document.currentScript.dataset;
  const ask = () =>
    fetch(`${own.at}?page=${encodeURIComponent(own.page)}&since=${own.since}`, { cache: "no-store" })
      .then((answer) => (answer.ok ? answer.json() : Promise.reject()))
      .then((said) => (said.changed ? location.reload() : ask()))
      .catch(() => setTimeout(ask, 1000)); // the preview was closed, or is being started again
  window.addEventListener("load", () => setTimeout(ask, 0));
})();
