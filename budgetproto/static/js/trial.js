// The slider of a trial: while it moves, the same page is asked for with another envelope and its result shown.
const form = document.querySelector("[data-trial]");
const slide = form?.querySelector("#slide");
const PAUSE = 150;
let asked;
let waiting;

async function show() {
  asked?.abort();
  asked = new AbortController();
  const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  try {
    const answer = await fetch(address, { signal: asked.signal });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const here = document.querySelector("[data-trial-result]");
    here.replaceChildren(...page.querySelector("[data-trial-result]").childNodes);
    history.replaceState(null, "", address);
  } catch (failed) {
    if (failed.name !== "AbortError") form.requestSubmit();
  }
}

function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE);
}

if (slide) {
  form.querySelector("[data-trial-slide]").hidden = false;
  slide.addEventListener("input", () => {
    form.elements.envelope.value = slide.value;
    soon();
  });
  form.elements.rule.addEventListener("change", soon);
}
