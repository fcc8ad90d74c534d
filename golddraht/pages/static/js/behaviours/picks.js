// A button that shows the boxes of all rows, for fingers that cannot hover. data-picks names the form beside the list.
export default function picks(button) {
  button.addEventListener("click", () => {
    const list = document.getElementById(button.dataset.picks).parentElement;
    list.classList.toggle("is-picking");
    list.querySelector(".row-pick")?.focus({ focusVisible: true });
  });
}
