/** What the server tells the robot's form about fields, operators and words; see EditorFacts.cs. */
export interface FieldFact {
  readonly path: string;
  readonly title: string;
  readonly group: string;
  readonly kind: 'text' | 'number' | 'date' | 'choice';
  readonly choices: readonly { readonly value: string; readonly text: string }[] | null;
  readonly own: boolean;
}

interface Facts {
  readonly fields: readonly FieldFact[];
  readonly operators: Readonly<Record<string, readonly string[]>>;
  readonly titles: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
}

let facts: Facts | undefined;

export function editorFacts(): Facts {
  return facts ??= JSON.parse(document.getElementById('editor-facts')?.textContent ?? '{"fields":[],"operators":{},"titles":{},"words":{}}') as Facts;
}

export function fieldOf(path: string): FieldFact | undefined {
  return editorFacts().fields.find(field => field.path === path);
}

export function operatorsOf(field: FieldFact | undefined): readonly string[] {
  const known = editorFacts().operators;
  const all = (field && known[field.kind === 'date' ? 'number' : field.kind]) ?? known['text'] ?? [];
  return field && !field.own ? all.filter(code => code !== 'changed') : all;
}

export function word(key: string): string {
  return editorFacts().words[key] ?? key;
}
