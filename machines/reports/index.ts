import { extraFields, fieldFaults, isRecord, isText } from '../commands/checks';
import type { Field } from '../commands/fields';
import type { Report } from '../events';
import { listed, type Fault } from '../refusals';
import { exchangeReports } from './exchange';
import { gatewayReports } from './gateway';
import { messageReports } from './messages';
import { partnerReports } from './partners';
import { ownReports } from './own';
import { stockReports } from './stock';

/** Every report's fields, once. */
const reportFields: { readonly [T in Report['type']]: Readonly<Record<string, Field>> } = {
  ...messageReports,
  ...ownReports,
  ...exchangeReports,
  ...stockReports,
  ...gatewayReports,
  ...partnerReports,
};

const reportTypes = Object.keys(reportFields) as Report['type'][];

function faultsOf(value: unknown): Fault[] {
  if (!isRecord(value)) return [{ pointer: '', detail: 'Write { "type", … }.' }];
  const { type } = value;
  if (!isText(type) || !Object.hasOwn(reportFields, type)) {
    const detail = `There is no report ${JSON.stringify(type)}; there is ${listed(reportTypes)}.`;
    return [{ pointer: '/type', detail }];
  }
  const fields = reportFields[type as Report['type']];
  return [
    ...extraFields(value, ['type', ...Object.keys(fields)], ''),
    ...Object.entries(fields).flatMap(([name, field]) => fieldFaults(value[name], name, field)),
  ];
}

/** Reads a report from any JSON; what is wrong with it is said in a sentence. */
export function readReport(value: unknown): { report: Report } | { fault: string } {
  const faults = faultsOf(value);
  if (faults.length === 0) return { report: value as Report };
  return { fault: faults.map(({ pointer, detail }) => `${pointer || '/'}: ${detail}`).join(' ') };
}
