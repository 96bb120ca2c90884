import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sealedColumns } from './sealed-columns.js';

interface SchemaColumn {
  table: string;
  column: string;
  /** The comment above it says that it is sealed. */
  documented: boolean;
}

const schemaDir = join('prisma', 'schema');
const columns = readdirSync(schemaDir).flatMap((file) => columnsOf(readFileSync(join(schemaDir, file), 'utf8')));

// A model's block, its `@@map`, and each field with the comments right above it.
function columnsOf(schema: string): SchemaColumn[] {
  return [...schema.matchAll(/^model \w+ \{\n(.*?)^\}/gms)].flatMap(([, body = '']) => {
    const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? '';
    const fields = [...body.matchAll(/((?:^ +\/\/\/.*\n)*)^ {2}(\w+) +(\S+)(.*)$/gm)];
    return fields.map(([, comment = '', name = '', , rest = '']) => ({
      table,
      column: /@map\("(\w+)"\)/.exec(rest)?.[1] ?? name,
      documented: /^ +\/\/\/ Sealed\b/m.test(comment),
    }));
  });
}

const nameOf = ({ table, column }: { table: string; column: string }) => `${table}.${column}`;

describe('the registry of sealed columns', () => {
  it('lists exactly the columns that the schema names sealed_* or documents as sealed', () => {
    const sealed = columns.filter(({ column, documented }) => column.startsWith('sealed_') || documented);
    expect(sealed.length).toBeGreaterThan(10);
    expect(sealedColumns.map(nameOf).sort()).toEqual(sealed.map(nameOf).sort());
  });

  it('names columns for workspace and row that the tables have', () => {
    const known = new Set(columns.map(nameOf));
    const named = sealedColumns.flatMap(({ table, workspaceColumn, rowIdColumn }) => [
      nameOf({ table, column: workspaceColumn }),
      nameOf({ table, column: rowIdColumn }),
    ]);
    expect(named.filter((name) => !known.has(name))).toEqual([]);
  });
});
