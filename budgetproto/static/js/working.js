// Says under a form whose answer takes long that the work goes on, and for how many seconds it has. How much is
// left nobody knows before the answer comes, so no bar pretends to.
const place = document.getElementById("working");

for (const form of document.querySelectorAll("form[data-working]")) {
  let timer = 0;
  form.addEventListener("submit", () => {
    const begun = performance.now();
    const tell = () => {
      const seconds = String(Math.floor((performance.now() - begun) / 1_000));
      place.textContent = place.dataset.words.replace("{seconds}", seconds);
    };
    clearInterval(timer);
    timer = setInterval(tell, 1_000);
    tell();
  });
  // Back from the answer the page is as it was left: nothing is being checked any more.
  window.addEventListener("pageshow", () => {
    clearInterval(timer);
    place.textContent = "";
  });
}
