// Runs before the first paint, so that a chosen theme does not flash; the only script that is not a module.
(() => {
  const root = document.documentElement;
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const theme = read("medtwin.theme");
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
  }
  root.dataset.time = read("medtwin.time") === "gateway" ? "gateway" : "source";
})();
