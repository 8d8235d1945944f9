import type { Connection } from '@temporalio/client';
import { searchAttributes } from '../../workflows/search-attributes';
import { untilItWorks } from '../stack/pause';
import { withConnection, type TemporalNamespace } from './temporal';

/** Temporal's numbers for the types, which its operator service asks for. */
const typeNumbers = { Keyword: 2, Datetime: 6, KeywordList: 7 } as const;

const LOOK_EVERY_MS = 100;

/** Registers the orders' search attributes where they are missing, and resolves once a query may name them. */
export async function registerSearchAttributes(where: TemporalNamespace): Promise<void> {
  const { address, namespace, signal } = where;
  await withConnection(address, (connection) => registerMissing(connection, namespace));
  const ask = () => withConnection(address, (connection) => askForEach(connection, namespace));
  await untilItWorks(ask, { signal, everyMs: LOOK_EVERY_MS });
}

async function registerMissing(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.entries(searchAttributes).filter(([name]) => !(name in customAttributes));
  if (missing.length === 0) return;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, typeNumbers[type]])),
  });
}

async function askForEach(connection: Connection, namespace: string): Promise<void> {
  const query = Object.keys(searchAttributes)
    .map((name) => `${name} is null`)
    .join(' or ');
  await connection.workflowService.listWorkflowExecutions({ namespace, query, pageSize: 1 });
}
