import { html, LitElement, nothing } from 'lit';
import { refresh, type ToastDetail } from '../lib/events';
import { post, Problem } from '../lib/http';
import { text } from '../lib/texts';

interface Toast extends ToastDetail {
  readonly id: number;
  readonly seconds: number;
  left: number;
  paused: boolean;
  undoing: boolean;
}

const icons = { success: 'circle-check', info: 'info-circle', warning: 'alert-triangle', danger: 'alert-circle' };
const tick = 250;

// A template and not a made element: a new element on each update would take the pointer's click away.
const icon = (name: string) => html`<svg class="icon" aria-hidden="true"><use href="${document.documentElement.dataset['icons'] ?? ''}#${name}"></use></svg>`;

/** <crm-toasts>: messages sent as "crm:toast" events, with a countdown that stops under the pointer or the focus. */
class ToastsElement extends LitElement {
  private toasts: Toast[] = [];
  private last = 0;
  private timer = 0;

  // Light DOM: the page's styles apply and no style element is needed.
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('crm:toast', this.onToast);
    this.timer = window.setInterval(() => this.countDown(), tick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('crm:toast', this.onToast);
    clearInterval(this.timer);
  }

  private readonly onToast = (event: Event) => {
    const detail = (event as CustomEvent<ToastDetail>).detail;
    const seconds = detail.undoUrl ? detail.undoSeconds ?? 10 : detail.tone === 'danger' ? 20 : 6;
    this.toasts = [...this.toasts.slice(-3), { ...detail, id: ++this.last, seconds, left: seconds, paused: false, undoing: false }];
    this.requestUpdate();
  };

  private countDown(): void {
    for (const toast of this.toasts) if (!toast.paused && !toast.undoing) toast.left -= tick / 1000;
    if (this.toasts.some(toast => toast.left <= 0)) {
      this.toasts = this.toasts.filter(toast => toast.left > 0);
      this.requestUpdate();
    }
  }

  private close(toast: Toast): void {
    this.toasts = this.toasts.filter(other => other !== toast);
    this.requestUpdate();
  }

  private pause(toast: Toast, element: EventTarget | null): void {
    const box = element as HTMLElement;
    toast.paused = box.matches(':hover, :focus-within');
    this.requestUpdate();
  }

  private async undo(toast: Toast): Promise<void> {
    toast.undoing = true;
    this.requestUpdate();
    try {
      const done = await post<Partial<ToastDetail>>(toast.undoUrl!, {});
      this.close(toast);
      this.onToast(new CustomEvent('crm:toast', { detail: { tone: done.details?.length ? 'warning' : 'info', ...done, message: done.message ?? text('undo.done') } }));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.close(toast);
      this.onToast(new CustomEvent('crm:toast', { detail: { tone: 'danger', message: error.title, details: error.detail ? [error.detail] : [] } }));
    }
    refresh();
  }

  protected override render(): unknown {
    return this.toasts.map(toast => this.one(toast));
  }

  private one(toast: Toast): unknown {
    const tone = toast.tone ?? 'success';
    const pause = (event: Event) => this.pause(toast, event.currentTarget);
    return html`
      <div class="crm-toast tone-${tone} ${toast.paused ? 'paused' : ''}" role=${tone === 'danger' ? 'alert' : 'status'} data-toast
        @mouseenter=${pause} @mouseleave=${pause} @focusin=${pause} @focusout=${pause}>
        ${icon(icons[tone])}
        <div class="toast-text">${toast.message}${toast.details?.length ? html`<ul>${toast.details.map(line => html`<li>${line}</li>`)}</ul>` : nothing}</div>
        ${toast.undoUrl ? html`<button type="button" class="toast-undo" ?disabled=${toast.undoing} @click=${() => this.undo(toast)}>${text('undo')}</button>` : nothing}
        <button type="button" class="icon-button toast-close" aria-label=${text('close')} @click=${() => this.close(toast)}>${icon('x')}</button>
        ${toast.undoUrl ? html`<div class="toast-count" data-seconds=${toast.seconds}></div>` : nothing}
      </div>`;
  }

  protected override updated(): void {
    for (const bar of this.querySelectorAll<HTMLElement>('.toast-count')) {
      bar.style.setProperty('animation-duration', `${bar.dataset['seconds']}s`, 'important');
    }
  }
}

customElements.define('crm-toasts', ToastsElement);
