// What is being written stays in this tab when the page is left and comes back, until the form is sent.
export default function keeps(textarea) {
  const key = `golddraht-${textarea.form?.dataset.keepsKey ?? textarea.name}`;
  const store = (act) => {
    try {
      return act(sessionStorage);
    } catch {
      return null; // without storage nothing is kept
    }
  };

  if (!textarea.value) textarea.value = store((kept) => kept.getItem(key)) ?? "";
  textarea.addEventListener("input", () => store((kept) => kept.setItem(key, textarea.value)));
  textarea.form?.addEventListener("submit", () => store((kept) => kept.removeItem(key)));
}
