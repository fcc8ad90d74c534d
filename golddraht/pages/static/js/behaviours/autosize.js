// A textarea grows with its text. Browsers with field-sizing do it alone.
export default function autosize(textarea) {
  if (CSS.supports("field-sizing", "content")) return;
  const fit = () => {
    textarea.rows = Math.min(24, Math.max(Number(textarea.dataset.rows ?? 3), textarea.value.split("\n").length + 1));
  };
  textarea.dataset.rows ??= textarea.rows;
  textarea.addEventListener("input", fit);
  fit();
}
