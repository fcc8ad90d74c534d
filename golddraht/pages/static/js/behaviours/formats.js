// A small toolbar over a textarea: marks what is chosen, and puts pictures between the words. Everything it writes is plain
// text that the server knows; without JavaScript the bar is not there and the signs can be typed.
const pairs = { bold: "**", italic: "*" };
const signs = { list: () => "- ", numbers: (line) => `${line + 1}. `, quote: () => "> " };

export default function formats(bar) {
  const field = document.getElementById(bar.dataset.formats);
  const { form } = field;
  const view = form.querySelector("[data-preview]");
  const toggle = bar.querySelector("[data-format-preview]");
  bar.hidden = false;

  function put(text, from = field.selectionStart, to = field.selectionEnd) {
    field.focus();
    field.setSelectionRange(from, to);
    // so that Ctrl-Z takes it back
    if (!document.execCommand("insertText", false, text)) {
      field.setRangeText(text, from, to, "end");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function pair(mark) {
    const { selectionStart: from, selectionEnd: to, value } = field;
    const chosen = value.slice(from, to);
    const isMarked = value.slice(from - mark.length, from) === mark && value.slice(to, to + mark.length) === mark;
    if (isMarked && chosen) {
      put(chosen, from - mark.length, to + mark.length);
      field.setSelectionRange(from - mark.length, to - mark.length);
      return;
    }
    put(mark + chosen + mark, from, to);
    field.setSelectionRange(from + mark.length, to + mark.length);
  }

  function lines(sign) {
    const { selectionStart, selectionEnd, value } = field;
    const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const end = value.indexOf("\n", selectionEnd);
    const to = end < 0 ? value.length : end;
    const before = from > 0 && value[from - 2] !== "\n" && from > 1 ? "\n" : "";
    put(before + value.slice(from, to).split("\n").map((line, number) => sign(number) + line).join("\n"), from, to);
  }

  function link() {
    const { selectionStart: from, selectionEnd: to, value } = field;
    const chosen = value.slice(from, to);
    const isAddress = /^https?:\/\/\S+$/.test(chosen);
    put(isAddress ? `[](${chosen})` : `[${chosen}](https://)`, from, to);
    const at = isAddress || !chosen ? from + 1 : field.selectionEnd - 1;
    field.setSelectionRange(at, at);
  }

  function act(name) {
    if (pairs[name]) pair(pairs[name]);
    else if (signs[name]) lines(signs[name]);
    else link();
  }

  function addPictures(files) {
    const known = new Set([...form.querySelectorAll("[data-content-id]")].map((one) => one.dataset.contentId));
    const done = (box) => {
      for (const one of box.querySelectorAll("[data-picture]")) {
        if (known.has(one.dataset.contentId)) continue;
        put(`![${one.dataset.picture.replace(/[\[\]\n]/g, "")}](cid:${one.dataset.contentId})\n`, field.selectionEnd, field.selectionEnd);
      }
    };
    form.dispatchEvent(new CustomEvent("draft:files", { detail: { files, done } }));
  }

  function arrived(event, { files }) {
    if (!files.length) return;
    event.preventDefault();
    const pictures = [...files].filter((file) => file.type.startsWith("image/"));
    const others = [...files].filter((file) => !file.type.startsWith("image/"));
    if (pictures.length) addPictures(pictures);
    if (others.length) form.dispatchEvent(new CustomEvent("draft:files", { detail: { files: others } }));
  }

  async function show() {
    const isShown = toggle.getAttribute("aria-pressed") === "true";
    toggle.setAttribute("aria-pressed", String(!isShown));
    view.hidden = isShown;
    field.hidden = !isShown;
    if (isShown) return field.focus();
    const data = new FormData(form);
    data.delete("attached");
    view.innerHTML = await (await fetch(bar.dataset.previewUrl, { method: "POST", body: data })).text();
  }

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-format]");
    if (button && !field.hidden) act(button.dataset.format);
  });
  bar.querySelector("[data-pictures]").addEventListener("change", (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    if (files.length) addPictures(files);
  });
  toggle.addEventListener("click", show);
  field.addEventListener("keydown", (event) => {
    const name = { b: "bold", i: "italic" }[event.key.toLowerCase()];
    if (!name || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    act(name);
  });
  field.addEventListener("paste", (event) => arrived(event, event.clipboardData));
  field.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  field.addEventListener("drop", (event) => arrived(event, event.dataTransfer));
}
