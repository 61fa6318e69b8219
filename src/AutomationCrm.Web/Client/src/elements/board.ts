import Sortable from 'sortablejs';
import { announce, refresh, toast, type ToastDetail } from '../lib/events';
import { commandId, post, Problem } from '../lib/http';
import { text } from '../lib/texts';
import { BoardKeys } from './board-keys';

interface Moved extends Partial<ToastDetail> {
  readonly version?: number;
}

/**
 * <crm-board data-move-url>: cards move between columns by drag, touch, keyboard or the card's menu. A move shows at
 * once, is posted as id, from, to, version, commandId, and goes back with the server's reason when it is refused.
 * The markup is described in docs/frontend.md.
 */
class BoardElement extends HTMLElement {
  private readonly keys = new BoardKeys(this, (card, column) => void this.move(card, column));
  private readonly sortables = new Map<HTMLElement, Sortable>();

  connectedCallback(): void {
    this.arrange();
    this.addEventListener('htmx:after:settle', () => this.arrange());
    this.addEventListener('keydown', event => this.keys.handle(event));
    this.addEventListener('focusin', event => this.keys.remember(event.target as Element));
    this.addEventListener('submit', event => this.onMenu(event));
    this.addEventListener('htmx:after:swap', event => onAdded(event.target as Element));
  }

  disconnectedCallback(): void {
    for (const sortable of this.sortables.values()) sortable.destroy();
    this.sortables.clear();
  }

  /** Called again after every swap: new columns become drop targets, one card keeps the place in the tab order. */
  private arrange(): void {
    for (const [list, sortable] of this.sortables) {
      if (list.isConnected) continue;
      sortable.destroy();
      this.sortables.delete(list);
    }
    for (const list of this.querySelectorAll<HTMLElement>('[data-cards]')) if (!this.sortables.has(list)) this.sortables.set(list, this.sortable(list));
    this.keys.arrange();
  }

  private sortable(list: HTMLElement): Sortable {
    return new Sortable(list, {
      group: 'board',
      draggable: '.board-card',
      filter: '.card-menu, .menu, input, select',
      preventOnFilter: false,
      sort: false,
      animation: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 120,
      forceFallback: true,
      fallbackOnBody: true,
      fallbackTolerance: 4,
      delay: 220,
      delayOnTouchOnly: true,
      touchStartThreshold: 6,
      scroll: true,
      bubbleScroll: true,
      scrollSensitivity: 60,
      scrollSpeed: 14,
      ghostClass: 'card-ghost',
      dragClass: 'card-drag',
      onStart: () => this.busy(true),
      onEnd: event => {
        this.busy(false);
        if (event.to === event.from) return;
        const next = event.from.querySelectorAll('.board-card')[event.oldDraggableIndex ?? 0] ?? event.from.querySelector('[data-more]');
        void this.send(event.item, columnOf(event.from), columnOf(event.to), () => event.from.insertBefore(event.item, next));
      },
    });
  }

  private busy(on: boolean): void {
    this.classList.toggle('dragging', on);
    this.toggleAttribute('data-busy', on);
    if (!on) document.dispatchEvent(new CustomEvent('crm:idle'));
  }

  private onMenu(event: SubmitEvent): void {
    const form = event.target as HTMLFormElement;
    const card = form.closest<HTMLElement>('.board-card');
    const to = event.submitter?.getAttribute('value');
    if (!form.matches('[data-move-form]') || !card || to == null) return;
    event.preventDefault();
    const column = [...this.querySelectorAll<HTMLElement>('[data-stage]')].find(candidate => candidate.dataset['stage'] === to);
    if (column) void this.move(card, column);
  }

  /** Puts the card on top of the column and tells the server. */
  private async move(card: HTMLElement, column: HTMLElement): Promise<void> {
    const from = columnOf(card);
    if (from === column || card.classList.contains('card-busy')) return;
    const home = card.parentElement!;
    const next = card.nextSibling;
    const focused = card.contains(document.activeElement);
    column.querySelector('[data-cards]')!.prepend(card);
    card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    if (focused) this.keys.focus(card);
    await this.send(card, from, column, () => {
      home.insertBefore(card, next?.parentNode === home ? next : null);
      if (focused) this.keys.focus(card);
    });
  }

  private async send(card: HTMLElement, from: HTMLElement, to: HTMLElement, goBack: () => void): Promise<void> {
    const title = card.dataset['title'] ?? '';
    const stage = to.dataset['name'] ?? '';
    card.classList.add('card-busy');
    this.keys.arrange();
    try {
      const done = await post<Moved>(this.dataset['moveUrl']!, {
        id: card.dataset['card']!,
        from: from.dataset['stage']!,
        to: to.dataset['stage']!,
        version: card.dataset['version']!,
        commandId: commandId(),
      });
      if (done.version !== undefined) card.dataset['version'] = String(done.version);
      card.classList.add('card-landed');
      announce(text('board.moved', { title, stage }));
      toast({ tone: 'success', ...done, message: done.message ?? text('board.moved', { title, stage }) });
    } catch (error) {
      goBack();
      if (!(error instanceof Problem)) throw error;
      announce(text('board.refused', { title, reason: error.detail || error.title }));
      toast({ tone: 'danger', message: error.title, details: error.detail ? [error.detail] : [] });
    } finally {
      card.classList.remove('card-busy');
      this.keys.arrange();
      refresh(from, to);
    }
  }
}

/** The quick-add form stays open and empty for the next card. */
function onAdded(source: Element): void {
  if (!(source instanceof HTMLFormElement) || source.dataset['quickAdd'] === undefined) return;
  source.reset();
  source.querySelector<HTMLElement>('input:not([type=hidden])')?.focus();
}

function columnOf(part: Element): HTMLElement {
  return part.closest<HTMLElement>('[data-stage]')!;
}

customElements.define('crm-board', BoardElement);
