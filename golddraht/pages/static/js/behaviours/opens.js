// data-opens="id of a dialog"
export default function opens(button) {
  button.addEventListener("click", () => document.getElementById(button.dataset.opens)?.showModal());
}
