// Takes the code of a link from behind the # of the address, which is sent nowhere, into the field, and removes
// it from the address, so that it stays in no history and on no screen.
const field = document.querySelector("#link");
const code = decodeURIComponent(location.hash.slice(1));
if (field && code) {
  field.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
