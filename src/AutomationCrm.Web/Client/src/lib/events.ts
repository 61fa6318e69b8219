/** A message in the corner. With undoUrl it carries an Undo button and a countdown of undoSeconds. */
export interface ToastDetail {
  readonly message: string;
  readonly details?: readonly string[];
  readonly tone?: 'success' | 'info' | 'warning' | 'danger';
  readonly undoUrl?: string;
  readonly undoSeconds?: number;
}

export function toast(detail: ToastDetail): void {
  document.dispatchEvent(new CustomEvent('crm:toast', { detail }));
}

/** Asks <crm-live> to fetch the given parts again, or all of the page's live parts. */
export function refresh(...parts: Element[]): void {
  document.dispatchEvent(new CustomEvent('crm:refresh', { detail: { parts } }));
}

/** Says a sentence to screen readers. */
export function announce(sentence: string): void {
  let region = document.getElementById('announcer');
  if (!region) {
    region = document.createElement('div');
    region.id = 'announcer';
    region.className = 'visually-hidden';
    region.setAttribute('aria-live', 'assertive');
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  region.textContent = sentence;
}
