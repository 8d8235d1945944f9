import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';

const folder = resolve(__dirname, '../../docs/schemas');

/** What these tests look at of a JSON Schema. */
export interface JsonSchema {
  readonly $id?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
}

export type SchemaName = 'letter-v1' | 'message-v1' | 'feed-v1';

export function readSchema(name: SchemaName): JsonSchema {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as JsonSchema;
}

/** The schema without room for a field that it does not name, wherever one could be. */
function closed(schema: JsonSchema): JsonSchema {
  const inner = (schemas: Readonly<Record<string, JsonSchema>>, more: object) =>
    Object.fromEntries(
      Object.entries(schemas).map(([name, each]) => [name, { ...closed(each), ...more }]),
    );
  const { $defs, properties, items } = schema;
  const more = { unevaluatedProperties: false };
  return {
    ...schema,
    ...($defs && { $defs: inner($defs, {}) }),
    ...(properties && { properties: inner(properties, more) }),
    ...(items && { items: { ...closed(items), ...more } }),
  };
}

const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
addFormats(ajv);
const names: readonly SchemaName[] = ['letter-v1', 'message-v1', 'feed-v1'];
for (const name of names) {
  ajv.addSchema({ ...closed(readSchema(name)), unevaluatedProperties: false });
}

/** What is against a value by a schema, fields that it does not name included. */
export function faultsOf(name: SchemaName, value: unknown): readonly string[] {
  const isValid = ajv.validate(readSchema(name).$id ?? '', value);
  if (isValid) return [];
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
}
