/** Light or dark: the address decides, else this browser's choice, else the system. */

const KEY = "sandbox.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** The theme in force. */
export function themeNow(route) {
  const wanted = [route.theme, localStorage.getItem(KEY)].find(
    (name) => name === "light" || name === "dark",
  );
  return wanted ?? (system.matches ? "dark" : "light");
}

export function applyTheme(route) {
  document.documentElement.dataset.theme = themeNow(route);
}

/** Turn to the other theme and remember it here. */
export function toggleTheme(router) {
  localStorage.setItem(KEY, themeNow(router.route) === "dark" ? "light" : "dark");
  router.go({ theme: null });
  applyTheme({ ...router.route, theme: null });
}

/** Follow the system while nothing else was chosen. */
export function followSystem(router) {
  system.addEventListener("change", () => applyTheme(router.route));
}
