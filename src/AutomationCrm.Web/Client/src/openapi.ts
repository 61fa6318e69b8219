// The API console. The document says what can be called; the person brings a webhook's token.
interface ConsoleOptions {
  url: string;
  domNode: HTMLElement;
  docExpansion: 'none';
  defaultModelsExpandDepth: number;
  filter: boolean;
  validatorUrl: null;
  persistAuthorization: boolean;
  onComplete: () => void;
  layout: 'CrmLayout';
  plugins: ((system: Toolbox) => { components: { CrmLayout: (props: Parts) => unknown } })[];
}

interface Toolbox {
  React: { createElement: (type: unknown, props: object | null, ...children: unknown[]) => unknown };
}

interface Parts {
  getComponent: (name: string, container?: boolean) => unknown;
  specSelectors: { loadingStatus: () => string };
}

declare const SwaggerUIBundle: (options: ConsoleOptions) => unknown;

const root = document.querySelector<HTMLElement>('#api-console');

/** Gives what the console leaves nameless a name, and fits its outline into that of the page. */
function mend(): void {
  for (const control of all('select:not([aria-label]), input:not([aria-label]), textarea:not([aria-label])')) {
    if (labelOf(control) !== '') continue;
    const name = control.closest('tr')?.getAttribute('data-param-name') ?? control.getAttribute('placeholder');
    control.setAttribute('aria-label', name ?? root?.dataset.label ?? '');
  }

  for (const heading of all('h3:not([aria-level]), h4:not([aria-level]), h5:not([aria-level])')) heading.setAttribute('aria-level', `${Number(heading.tagName[1]) - 1}`);
  for (const sample of all('.microlight:not([tabindex])')) sample.setAttribute('tabindex', '0');
}

function all(selector: string): NodeListOf<HTMLElement> | [] {
  return root?.querySelectorAll<HTMLElement>(selector) ?? [];
}

function labelOf(control: HTMLElement): string {
  const label = control.closest('label') ?? (control.id === '' ? null : root?.querySelector(`label[for="${CSS.escape(control.id)}"]`));
  // A label holds the choices of its select too; they are no name.
  return [...label?.childNodes ?? []].filter(node => node !== control).map(node => node.textContent ?? '').join('').trim();
}

/** The console's own layout without its main landmark, which the page has already. */
function layout({ React }: Toolbox): { components: { CrmLayout: (props: Parts) => unknown } } {
  const element = React.createElement;
  return {
    components: {
      CrmLayout: ({ getComponent, specSelectors }) => {
        const part = (name: string): unknown => element(getComponent(name, true), null);
        if (specSelectors.loadingStatus() !== 'success') return element('div', { className: 'swagger-ui' }, part('errors'));
        return element('div', { className: 'swagger-ui' },
          element(getComponent('SvgAssets'), null),
          part('errors'),
          element('div', { className: 'scheme-container' }, element('section', { className: 'schemes wrapper block' }, part('ServersContainer'), part('AuthorizeBtnContainer'))),
          part('FilterContainer'),
          element('section', { className: 'wrapper' }, part('operations')));
      },
    },
  };
}

if (root?.dataset.url !== undefined) {
  new MutationObserver(mend).observe(root, { childList: true, subtree: true });
  SwaggerUIBundle({
    url: root.dataset.url,
    domNode: root,
    docExpansion: 'none',
    defaultModelsExpandDepth: -1,
    filter: true,
    validatorUrl: null,
    persistAuthorization: false,
    onComplete: mend,
    layout: 'CrmLayout',
    plugins: [layout],
  });
}
