// Swagger UI, fetched from our own address when somebody asks for it: it draws the description, and tries it.
const button = document.getElementById("api-try");
const place = document.getElementById("api-description");

function fetched(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

async function begin() {
  button.disabled = true;
  const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: button.dataset.style });
  const script = Object.assign(document.createElement("script"), { src: button.dataset.script });
  await Promise.all([fetched(style), fetched(script)]);
  window.SwaggerUIBundle({ url: place.dataset.url, domNode: place, validatorUrl: null, deepLinking: true });
  button.hidden = true;
}

if (button && place) {
  button.hidden = false;
  button.addEventListener("click", () => begin().catch(() => (button.disabled = false)));
}
