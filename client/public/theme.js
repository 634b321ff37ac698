// Before the first paint: the theme that was chosen here, else the system's. A file of its own, because the
// content security policy allows no inline scripts.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('souk.theme');
  } catch {
    // Storage may be forbidden; the system's theme is fine then.
  }
  var dark = matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme =
    chosen === 'dark' || chosen === 'light' ? chosen : dark ? 'dark' : 'light';
})();
