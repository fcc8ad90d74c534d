// A link, in the palette for instance, that presses the first of the buttons named by data-presses that there is.
export default function presses(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    link.closest("dialog")?.close();
    for (const id of link.dataset.presses.split(" ")) {
      const button = document.getElementById(id);
      if (button) return button.click();
    }
  });
}
