// Colours are CSS variables, also inside the plots, so a theme is one attribute and print needs no redrawing.

const order = ["auto", "light", "dark"];

function stored() {
  try {
    return localStorage.getItem("lutra-theme");
  } catch {
    return null; // storage may be forbidden for local files
  }
}

function show(theme, button) {
  document.documentElement.dataset.theme = theme;
  button.textContent = `Theme: ${theme}`;
  try {
    localStorage.setItem("lutra-theme", theme);
  } catch {
    // the choice then lasts as long as the page
  }
}

export function addThemeButton() {
  const button = document.createElement("button");
  button.className = "theme";
  button.type = "button";
  button.addEventListener("click", () => {
    const now = order.indexOf(document.documentElement.dataset.theme);
    show(order[(now + 1) % order.length], button);
  });
  const before = stored();
  show(order.includes(before) ? before : "auto", button);
  document.querySelector("header").append(button);
}
