/**
 * <crm-when> around the settings of a robot: a part with data-when="what=filled|changed" shows only while the setting
 * "what" has one of these values, and only then it is sent. Without script every part shows.
 */
class WhenElement extends HTMLElement {
  connectedCallback(): void {
    this.addEventListener('change', () => this.arrange());
    this.addEventListener('htmx:after:settle', () => this.arrange());
    this.arrange();
  }

  private arrange(): void {
    // A part may depend on one that is hidden itself: those come first.
    for (const part of this.querySelectorAll<HTMLElement>('[data-when]')) {
      const [setting = '', values = ''] = (part.dataset['when'] ?? '').split('=');
      const control = this.querySelector<HTMLSelectElement>(`[name="s.${CSS.escape(setting)}"]`);
      const shows = control === null || (!control.disabled && values.split('|').includes(control.value));
      part.hidden = !shows;
      for (const input of part.querySelectorAll<HTMLInputElement>('input, select, textarea')) input.disabled = !shows;
    }
  }
}

customElements.define('crm-when', WhenElement);
