// Puts the words of data-words in front of what stands in the field named by data-fills.
export default function fills(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const field = document.getElementById(link.dataset.fills);
    if (!field.value.startsWith(link.dataset.words)) field.value = `${link.dataset.words}\n\n${field.value}`;
    field.focus();
    const end = link.dataset.words.length + 2;
    field.setSelectionRange(end, end);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
