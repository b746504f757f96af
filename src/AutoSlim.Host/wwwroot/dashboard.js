// Before anything is drawn: the theme that was chosen here, or the system's.
(() => {
  const key = 'autoslim-theme';
  const system = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const isDark = () => (chosen() ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const show = () => { document.documentElement.dataset.theme = isDark() ? 'dark' : 'light'; };
  show();
  window.autoslim = {
    watchTheme(page) {
      system.addEventListener('change', () => {
        if (chosen() !== null) return;
        show();
        page.invokeMethodAsync('FollowTheme', isDark());
      });
      return isDark();
    },
    chooseTheme(dark) {
      try {
        // Back at the system's own preference, the page follows it again.
        if (dark === system.matches) localStorage.removeItem(key);
        else localStorage.setItem(key, dark ? 'dark' : 'light');
      } catch { }
      document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    },
    // Whoever has scrolled up reads there; whoever was at the end stays there.
    followEnd(element) {
      if (!element) return;
      const wasAtEnd = element.scrollTop + element.clientHeight >= (element.seenHeight ?? 0) - 4;
      if (wasAtEnd) element.scrollTop = element.scrollHeight;
      element.seenHeight = element.scrollHeight;
    },
  };
})();
