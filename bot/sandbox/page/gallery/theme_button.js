/** The button that turns the gallery to the other theme, which its address then names. */

import { h, replace } from "../dom.js";
import { icon } from "../icons.js";
import { applyTheme } from "../theme.js";

export function themeButton() {
  const control = h("button", { type: "button", class: "icon-button", testid: "theme" });
  const isDark = () => document.documentElement.dataset.theme === "dark";
  const show = () => {
    const label = isDark() ? "Turn to light" : "Turn to dark";
    control.setAttribute("aria-label", label);
    control.title = label;
    replace(control, icon(isDark() ? "sun" : "moon"));
  };
  control.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    const address = new URL(location.href);
    address.searchParams.set("theme", theme);
    history.replaceState(null, "", address);
    applyTheme({ theme });
    show();
  });
  show();
  return control;
}
