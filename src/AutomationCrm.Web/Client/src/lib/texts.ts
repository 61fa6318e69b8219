type Values = Readonly<Record<string, string | number>>;

let texts: Readonly<Record<string, string>> | undefined;

/** A text of the page's language by its key without "js."; {name} is filled from values, "count" also picks the plural form. */
export function text(key: string, values: Values = {}): string {
  texts ??= JSON.parse(document.getElementById('texts')?.textContent ?? '{}') as Record<string, string>;
  const count = values['count'];
  const form = typeof count === 'number' ? new Intl.PluralRules(document.documentElement.lang).select(count) : undefined;
  const pattern = (form && texts[`${key}.${form}`]) ?? (form && texts[`${key}.other`]) ?? texts[key] ?? key;
  return pattern.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
