// Lets the remaining time run on from the server's clock: what this computer believes the time is plays no part.

const MINUTE = 60_000;

/** Start every countdown of the page; the words of the server stand until the first minute has passed. */
export function startCountdowns() {
  for (const place of document.querySelectorAll("[data-countdown]")) {
    const left = Date.parse(place.dataset.countdown) - Date.parse(place.dataset.now);
    const began = performance.now();
    const show = () => {
      const told = words(place, left - (performance.now() - began));
      if (place.textContent !== told) place.textContent = told;
    };
    setInterval(show, 5_000);
  }
}

function words(place, left) {
  if (left <= 0) return place.dataset.over;
  const minutes = Math.floor(left / MINUTE);
  const parts = { days: Math.floor(minutes / 1440), hours: Math.floor(minutes / 60) % 24, minutes: minutes % 60 };
  return place.dataset.left.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
}
