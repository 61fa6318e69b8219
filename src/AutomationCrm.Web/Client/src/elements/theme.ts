import { readTheme, writeTheme, type Theme } from '../lib/theme';

/** <crm-theme> around buttons with data-theme="light|dark|system". */
class ThemeElement extends HTMLElement {
  connectedCallback(): void {
    this.mark();
    this.addEventListener('click', event => {
      const chosen = (event.target as Element).closest<HTMLElement>('[data-theme]')?.dataset['theme'];
      if (!chosen) return;
      writeTheme(chosen as Theme);
      this.mark();
    });
  }

  private mark(): void {
    const theme = readTheme();
    this.querySelectorAll<HTMLElement>('[data-theme]').forEach(button => button.setAttribute('aria-pressed', String(button.dataset['theme'] === theme)));
  }
}

customElements.define('crm-theme', ThemeElement);
