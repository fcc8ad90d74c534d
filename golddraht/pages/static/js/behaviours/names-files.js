// Says which files were chosen, in the element of the form that carries data-files-named.
export default function namesFiles(input) {
  const line = input.form?.querySelector("[data-files-named]");
  const tell = () => {
    const names = [...input.files].map((file) => file.name);
    line.textContent = names.join(", ");
    line.hidden = names.length === 0;
  };
  if (line) input.addEventListener("change", tell);
}
