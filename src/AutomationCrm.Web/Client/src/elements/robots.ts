import Sortable from 'sortablejs';
import { announce, refresh, toast, type ToastDetail } from '../lib/events';
import { get, post, Problem } from '../lib/http';
import { text } from '../lib/texts';

/** Added robots raise a question, which stands at askUrl. */
interface Arranged extends Partial<ToastDetail> {
  readonly askUrl?: string | null;
}

/**
 * <crm-robots data-arrange-url>: robots are put in order and moved between stages by drag, touch or Alt+arrows; the menu
 * of a robot does the same without script. A change shows at once, is posted as from, fromVersion, to, toVersion, key,
 * before, and goes back with the server's reason when it is refused. Shift selects a row of robots.
 */
class RobotsElement extends HTMLElement {
  private readonly sortables = new Map<HTMLElement, Sortable>();
  private lastChecked: HTMLInputElement | undefined;

  connectedCallback(): void {
    this.arrange();
    this.addEventListener('htmx:after:settle', () => this.arrange());
    this.addEventListener('keydown', event => this.onKey(event));
    this.addEventListener('click', event => this.onClick(event));
  }

  disconnectedCallback(): void {
    for (const sortable of this.sortables.values()) sortable.destroy();
    this.sortables.clear();
  }

  private arrange(): void {
    for (const [list, sortable] of this.sortables) {
      if (list.isConnected) continue;
      sortable.destroy();
      this.sortables.delete(list);
    }
    for (const list of this.querySelectorAll<HTMLElement>('[data-robots]')) if (!this.sortables.has(list)) this.sortables.set(list, this.sortable(list));
  }

  private sortable(list: HTMLElement): Sortable {
    return new Sortable(list, {
      group: 'robots',
      draggable: '.robot-card',
      filter: '.card-menu, .menu, input',
      preventOnFilter: false,
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
        if (event.to === event.from && event.oldDraggableIndex === event.newDraggableIndex) return;
        const home = cards(event.from).filter(card => card !== event.item)[event.oldDraggableIndex ?? 0] ?? null;
        void this.send(event.item, stageOf(event.from), stageOf(event.to), () => event.from.insertBefore(event.item, home));
      },
    });
  }

  private busy(on: boolean): void {
    this.toggleAttribute('data-busy', on);
    if (!on) document.dispatchEvent(new CustomEvent('crm:idle'));
  }

  private onKey(event: KeyboardEvent): void {
    const card = (event.target as Element).closest<HTMLElement>('.robot-card');
    if (!card || !event.altKey || !event.key.startsWith('Arrow') || !(event.target as Element).matches('.item-title, .robot-check')) return;
    event.preventDefault();
    const from = stageOf(card);
    const list = card.parentElement!;
    const next = card.nextElementSibling;
    const goBack = () => list.insertBefore(card, next);
    const all = cards(list);
    const at = all.indexOf(card);
    if (event.key === 'ArrowUp' && at > 0) all[at - 1]!.before(card);
    else if (event.key === 'ArrowDown' && at < all.length - 1) all[at + 1]!.after(card);
    else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const stages = [...this.querySelectorAll<HTMLElement>('[data-stage]')];
      const to = stages[stages.indexOf(from) + (event.key === 'ArrowLeft' ? -1 : 1)];
      if (!to) return announce(text('board.edge'));
      to.querySelector('[data-robots]')!.append(card);
    } else return;
    (event.target as HTMLElement).focus();
    card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    void this.send(card, from, stageOf(card), goBack);
  }

  /** Shift+click selects from the last one; choosing on another stage begins a new selection there. */
  private onClick(event: MouseEvent): void {
    const box = event.target as HTMLInputElement;
    if (!box.matches?.('.robot-check')) return;
    const boxes = [...stageOf(box).querySelectorAll<HTMLInputElement>('.robot-check')];
    if (event.shiftKey && this.lastChecked && boxes.includes(this.lastChecked)) {
      const [first, last] = [boxes.indexOf(this.lastChecked), boxes.indexOf(box)].sort((a, b) => a - b) as [number, number];
      for (const between of boxes.slice(first, last + 1)) between.checked = box.checked;
    }
    this.lastChecked = box;
    if (box.checked) for (const other of this.querySelectorAll<HTMLInputElement>('.robot-check:checked')) if (!boxes.includes(other)) other.checked = false;
  }

  private async send(card: HTMLElement, from: HTMLElement, to: HTMLElement, goBack: () => void): Promise<void> {
    const title = card.dataset['title'] ?? '';
    const focused = card.contains(document.activeElement);
    card.classList.add('card-busy');
    try {
      const done = await post<Arranged>(this.dataset['arrangeUrl']!, {
        from: from.dataset['stage']!,
        fromVersion: from.dataset['version']!,
        to: to.dataset['stage']!,
        toVersion: to.dataset['version']!,
        key: card.dataset['robot']!,
        before: (card.nextElementSibling as HTMLElement | null)?.dataset['robot'] ?? '',
      });
      announce(done.message ?? '');
      toast({ tone: 'success', ...done, message: done.message ?? '' });
      if (done.askUrl) await ask(done.askUrl);
    } catch (error) {
      goBack();
      if (!(error instanceof Problem)) throw error;
      announce(text('board.refused', { title, reason: error.detail || error.title }));
      toast({ tone: 'danger', message: error.title, details: error.detail ? [error.detail] : [] });
    } finally {
      card.classList.remove('card-busy');
      if (focused) card.querySelector<HTMLElement>('.item-title')?.focus();
      refresh(from, to);
    }
  }
}

/** Shows the question about the items that stand on the stage already; no question leaves the area empty. */
async function ask(url: string): Promise<void> {
  const area = document.getElementById('apply-area');
  const html = await get(url);
  if (area && html !== undefined) area.innerHTML = html;
}

function cards(list: Element): HTMLElement[] {
  return [...list.querySelectorAll<HTMLElement>(':scope > .robot-card')];
}

function stageOf(part: Element): HTMLElement {
  return part.closest<HTMLElement>('[data-stage]')!;
}

customElements.define('crm-robots', RobotsElement);
