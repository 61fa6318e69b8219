import Sortable, { type SortableEvent } from 'sortablejs';

/** The stage's column around a part of it. */
export function stageOf(part: Element): HTMLElement {
  return part.closest<HTMLElement>('[data-stage]')!;
}

/** The column so many steps beside another; undefined at the edge. */
export function columnBeside(root: Element, column: Element, step: number): HTMLElement | undefined {
  const columns = [...root.querySelectorAll<HTMLElement>('[data-stage]')];
  return columns[columns.indexOf(column as HTMLElement) + step];
}

export interface DragOptions {
  /** Which lists take part, and which of their children are cards. */
  readonly lists: string;
  readonly cards: string;
  /** Parts of a card that do not drag it. */
  readonly still: string;
  /** Whether the order within a list is the reader's. */
  readonly sort: boolean;
  /** A card lies elsewhere; goBack puts it where it was. */
  readonly dropped: (card: HTMLElement, from: HTMLElement, to: HTMLElement, goBack: () => void) => void;
}

/**
 * Cards of columns dragged by mouse or a long press. While somebody drags, the root carries data-busy and the class
 * dragging, so that live parts wait.
 */
export class DragLists {
  private readonly sortables = new Map<HTMLElement, Sortable>();

  constructor(private readonly root: HTMLElement, private readonly options: DragOptions) {}

  /** Called again after every swap: new lists become targets, lists that are gone are let go. */
  arrange(): void {
    for (const [list, sortable] of this.sortables) {
      if (list.isConnected) continue;
      sortable.destroy();
      this.sortables.delete(list);
    }
    for (const list of this.root.querySelectorAll<HTMLElement>(this.options.lists)) if (!this.sortables.has(list)) this.sortables.set(list, this.sortable(list));
  }

  destroy(): void {
    for (const sortable of this.sortables.values()) sortable.destroy();
    this.sortables.clear();
  }

  private sortable(list: HTMLElement): Sortable {
    return new Sortable(list, {
      group: this.root.localName,
      draggable: this.options.cards,
      filter: this.options.still,
      preventOnFilter: false,
      sort: this.options.sort,
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
      onEnd: event => this.onEnd(event),
    });
  }

  private onEnd(event: SortableEvent): void {
    this.busy(false);
    const { item, from } = event;
    const others = this.cardsOf(from).filter(card => card !== item);
    const next = others[event.oldDraggableIndex ?? 0] ?? from.querySelector('[data-more]');
    const goBack = () => from.insertBefore(item, next);
    const to = this.land(event);
    if (to === from && to !== event.to) goBack();
    if (to === from && (to !== event.to || !this.options.sort || event.oldDraggableIndex === event.newDraggableIndex)) return;
    this.options.dropped(item, stageOf(from), stageOf(to), goBack);
  }

  /**
   * Sortable looks what lies under the pointer twenty times a second, so a card let go sooner, or on a busy machine, would
   * stay in a column it only passed. It belongs where the pointer let it go; outside of all columns Sortable's place holds.
   */
  private land(event: SortableEvent & { originalEvent?: Event }): HTMLElement {
    const point = pointOf(event.originalEvent);
    const under = point && document.elementFromPoint(point.clientX, point.clientY);
    const list = under?.closest<HTMLElement>(this.options.lists) ?? under?.closest('[data-stage]')?.querySelector<HTMLElement>(this.options.lists);
    if (!point || !list || list === event.to || !this.root.contains(list)) return event.to;
    const below = this.options.sort ? this.cardsOf(list).find(card => middleOf(card) > point.clientY) : this.cardsOf(list)[0];
    list.insertBefore(event.item, below ?? list.querySelector('[data-more]'));
    return list;
  }

  private cardsOf(list: HTMLElement): HTMLElement[] {
    return [...list.querySelectorAll<HTMLElement>(`:scope > ${this.options.cards}`)];
  }

  private busy(on: boolean): void {
    this.root.classList.toggle('dragging', on);
    this.root.toggleAttribute('data-busy', on);
    if (!on) document.dispatchEvent(new CustomEvent('crm:idle'));
  }
}

/** Where a mouse, pen or finger let go; undefined when the drag was broken off. */
function pointOf(event: Event | undefined): { clientX: number; clientY: number } | undefined {
  if (event === undefined || event.type.endsWith('cancel')) return undefined;
  if (event instanceof MouseEvent) return event;
  return 'changedTouches' in event ? (event as TouchEvent).changedTouches[0] : undefined;
}

function middleOf(card: HTMLElement): number {
  const box = card.getBoundingClientRect();
  return box.top + box.height / 2;
}
