const key = "golddraht-theme";

// Light, dark, and back to what the system says.
export default function theme(button) {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const shown = () => (root.dataset.theme === "auto" ? (system.matches ? "dark" : "light") : root.dataset.theme);

  button.addEventListener("click", () => {
    const next = shown() === "dark" ? "light" : "dark";
    const isSystems = next === (system.matches ? "dark" : "light");
    root.dataset.theme = isSystems ? "auto" : next;
    try {
      isSystems ? localStorage.removeItem(key) : localStorage.setItem(key, next);
    } catch {
      // without storage the choice lasts for this page
    }
  });
}
