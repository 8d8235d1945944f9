import { z } from 'zod';

interface Documented {
  readonly content?: Readonly<Record<string, { schema: object }>>;
  readonly headers?: Readonly<Record<string, object>>;
}

interface Operation {
  readonly operationId: string;
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, Documented>>;
}

export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** Every operation of a document with its method and path. */
export function operationsOf({ paths }: OpenApi) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method, path })),
  );
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Where an answer is not what the document says of the operation; nothing when it is. */
export function differences(
  api: OpenApi,
  operationId: string,
  { status, headers, body }: Answered,
) {
  const operation = operationsOf(api).find((each) => each.operationId === operationId);
  const documented = operation?.responses[status];
  if (!documented) return [`${operationId} answers ${status}, which is not documented`];
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  const contents = documented.content ?? {};
  const isEmpty = body === '' && Object.keys(contents).length === 0;
  if (isEmpty) return [];
  const content = contents[type];
  if (!content)
    return [
      `${operationId} answers ${status} with ${type}, documented ${Object.keys(contents).join()}`,
    ];
  const parsed = schemaOf(api, content.schema).safeParse(body);
  return parsed.success ? [] : [`${operationId} ${status}: ${z.prettifyError(parsed.error)}`];
}

/** The document's schema itself decides, not the code it was made from. */
function schemaOf({ components }: OpenApi, schema: object): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: components.schemas });
  const local = text
    .replaceAll('#/components/schemas/', '#/$defs/')
    .replaceAll('"discriminator"', '"x-discriminator"')
    // Zod takes a reference for a whole URL.
    .replaceAll('"format":"uri-reference"', '"minLength":1');
  return z.fromJSONSchema(JSON.parse(local) as z.core.JSONSchema.JSONSchema);
}
