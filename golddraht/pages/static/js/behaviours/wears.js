// Shows the colour of the field named by data-wears at once, on everything inside with data-worn; its stylesheet is #dress-colours.
export default function wears(section) {
  const field = document.getElementById(section.dataset.wears);
  const sheet = document.getElementById("dress-colours");

  field.addEventListener("input", () => {
    const colour = field.value.slice(1).toLowerCase();
    if (!/^[0-9a-f]{6}$/.test(colour)) return;
    sheet.href = sheet.href.replace(/[0-9a-f]{6}(?=\.css)/, colour);
    for (const worn of section.querySelectorAll("[data-worn]")) {
      worn.className = worn.className.replace(/brand-[0-9a-f]{6}/, `brand-${colour}`);
      const mark = worn.querySelector("[data-mark]");
      mark.src = mark.src.replace(/\/brand\/[0-9a-f]{6}\//, `/brand/${colour}/`);
    }
  });
}
