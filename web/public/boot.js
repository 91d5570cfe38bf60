// Sets theme and language before the first paint. A file of its own, because the
// Content-Security-Policy allows no script inside the page.
(function () {
  var root = document.documentElement;
  var theme, language;
  try {
    theme = localStorage.getItem('groundwork.theme');
    language = localStorage.getItem('groundwork.language');
  } catch {
    // Storage may be switched off; the page then follows the device.
  }
  if (theme !== 'dark' && theme !== 'light') {
    theme = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  }
  root.dataset.theme = theme;
  if (language) root.lang = language;
})();
