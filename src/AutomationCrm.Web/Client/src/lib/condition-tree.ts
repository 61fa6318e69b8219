/** A condition as the editor holds it: groups with an optional NOT, and rows; read from and written to the wire format (contract C8). */
export interface Row {
  field: string;
  op: string;
  value?: unknown;
  from?: unknown;
  to?: unknown;
}

export interface Group {
  join: 'all' | 'any';
  not: boolean;
  parts: (Group | Row)[];
}

type Wire = Record<string, unknown>;

export function isGroup(part: Group | Row): part is Group {
  return 'parts' in part;
}

export function readTree(json: string): Group {
  try {
    const read = json ? readPart(JSON.parse(json) as Wire) : undefined;
    if (read) return isGroup(read) ? read : { join: 'all', not: false, parts: [read] };
  } catch {
    // What cannot be read is begun anew; the server names the problem when it was sent so.
  }
  return { join: 'all', not: false, parts: [] };
}

function readPart(wire: Wire): Group | Row | undefined {
  if ('field' in wire) return wire as unknown as Row;
  if (Array.isArray(wire['all'])) return group('all', wire['all'] as Wire[]);
  if (Array.isArray(wire['any'])) return group('any', wire['any'] as Wire[]);
  if (wire['not'] && typeof wire['not'] === 'object') {
    const inner = readPart(wire['not'] as Wire);
    if (!inner) return undefined;
    return isGroup(inner) && !inner.not ? { ...inner, not: true } : { join: 'all', not: true, parts: [inner] };
  }
  return undefined;
}

function group(join: 'all' | 'any', parts: Wire[]): Group {
  return { join, not: false, parts: parts.map(readPart).filter(part => part !== undefined) };
}

/** Empty text for a condition without rows. */
export function writeTree(root: Group): string {
  const wire = writePart(root);
  return wire ? JSON.stringify(wire) : '';
}

function writePart(part: Group | Row): Wire | undefined {
  if (!isGroup(part)) return part.field ? writeRow(part) : undefined;
  const parts = part.parts.map(writePart).filter(one => one !== undefined);
  if (parts.length === 0) return undefined;
  const wire: Wire = { [part.join]: parts };
  return part.not ? { not: parts.length === 1 ? parts[0] : wire } : wire;
}

function writeRow(row: Row): Wire {
  const wire: Wire = { field: row.field, op: row.op };
  if (row.op === 'changed') {
    if (filled(row.from)) wire['from'] = row.from;
    if (filled(row.to)) wire['to'] = row.to;
  } else if (takesValue(row.op)) wire['value'] = shaped(row);
  return wire;
}

function shaped(row: Row): unknown {
  if (row.op === 'in' || row.op === 'not_in') return Array.isArray(row.value) ? row.value : filled(row.value) ? [text(row.value)] : [];
  if (row.op === 'between') return Array.isArray(row.value) ? [text(row.value[0]), text(row.value[1])] : [text(row.value), ''];
  return Array.isArray(row.value) ? text(row.value[0]) : text(row.value);
}

export function takesValue(op: string): boolean {
  return op !== 'filled' && op !== 'empty' && op !== 'changed';
}

export function text(value: unknown): string {
  return value === undefined || value === null ? '' : value === true ? 'Y' : value === false ? 'N' : String(value as string | number);
}

function filled(value: unknown): boolean {
  return text(value) !== '';
}
