/**
 * Check boxes of cards: with Shift a click chooses the row from the last one to this one. What is chosen stays chosen
 * when a column is fetched again.
 */
export class RowSelection {
  private last: HTMLInputElement | undefined;
  private readonly chosen = new Set<string>();

  /** @param row The boxes that a row may run over. */
  constructor(private readonly root: HTMLElement, private readonly box: string, private readonly row: (box: HTMLInputElement) => readonly HTMLInputElement[]) {
    root.addEventListener('click', event => this.onClick(event));
    root.addEventListener('change', () => this.remember());
  }

  /** After a swap. */
  arrange(): void {
    for (const box of this.boxes()) if (this.chosen.has(keyOf(box))) box.checked = true;
  }

  clear(except: readonly HTMLInputElement[] = []): void {
    for (const box of this.boxes()) if (box.checked && !except.includes(box)) box.checked = false;
    this.remember();
  }

  private onClick(event: MouseEvent): void {
    const box = event.target as HTMLInputElement;
    if (!box.matches?.(this.box)) return;
    const boxes = this.row(box);
    if (event.shiftKey && this.last && boxes.includes(this.last)) {
      const [first, last] = [boxes.indexOf(this.last), boxes.indexOf(box)].sort((a, b) => a - b) as [number, number];
      for (const between of boxes.slice(first, last + 1)) between.checked = box.checked;
    }
    this.last = box;
    this.remember();
  }

  private remember(): void {
    this.chosen.clear();
    for (const box of this.boxes()) if (box.checked) this.chosen.add(keyOf(box));
  }

  private boxes(): HTMLInputElement[] {
    return [...this.root.querySelectorAll<HTMLInputElement>(this.box)];
  }
}

function keyOf(box: HTMLInputElement): string {
  return `${box.getAttribute('form') ?? ''} ${box.value}`;
}
