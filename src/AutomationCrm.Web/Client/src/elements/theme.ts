import { readTheme, writeTheme, type Theme } from '../lib/theme';

/** <crm-theme> around buttons with data-choose="light|dark|system". */
class ThemeElement extends HTMLElement {
  connectedCallback(): void {
    this.mark();
    this.addEventListener('click', event => {
      const chosen = (event.target as Element).closest<HTMLElement>('[data-choose]')?.dataset['choose'];
      if (!chosen) return;
      writeTheme(chosen as Theme);
      this.mark();
    });
  }

  private mark(): void {
    const theme = readTheme();
    this.querySelectorAll<HTMLElement>('[data-choose]').forEach(button => button.setAttribute('aria-pressed', String(button.dataset['choose'] === theme)));
  }
}

customElements.define('crm-theme', ThemeElement);
