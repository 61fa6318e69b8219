const space = 'http://www.w3.org/2000/svg';

/** An icon of the sprite; the fingerprinted address of the sprite stands on <html data-icons>. */
export function icon(name: string): SVGSVGElement {
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(space, 'use');
  use.setAttribute('href', `${document.documentElement.dataset['icons']}#${name}`);
  svg.append(use);
  return svg;
}
