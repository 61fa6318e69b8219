/** A stepper that is wider than its place shows the current stage, on arrival and whenever the stage has changed. */
const seen = new WeakMap<Element, string>();

function arrange(): void {
  for (const list of document.querySelectorAll<HTMLElement>('.stepper')) {
    const current = list.querySelector<HTMLElement>('.current');
    const name = current?.textContent ?? '';
    if (!current || seen.get(list) === name) continue;
    seen.set(list, name);
    const [box, step] = [list.getBoundingClientRect(), current.getBoundingClientRect()];
    list.scrollLeft += step.left - box.left - (box.width - step.width) / 2;
  }
}

export function showCurrentSteps(): void {
  arrange();
  document.addEventListener('htmx:after:settle', arrange);
}
