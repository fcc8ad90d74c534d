// What is being written is kept on the server two seconds after the last key, at the address in data-autosaves.
// Whatever it answers is said in [data-autosaves-said]. Without JavaScript people save by themselves.
const AFTER = 2000;

export default function autosaves(form) {
  const said = form.querySelector("[data-autosaves-said]");
  let timer = 0;
  let asking = null;

  async function keep() {
    asking?.abort();
    asking = new AbortController();
    const response = await fetch(form.dataset.autosaves, {
      method: "POST",
      body: new FormData(form),
      credentials: "same-origin",
      signal: asking.signal,
    });
    if (response.ok && !response.redirected && said) said.textContent = (await response.json()).said;
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => keep().catch(() => {}), AFTER); // the next key tries again
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    asking?.abort();
  });
}
