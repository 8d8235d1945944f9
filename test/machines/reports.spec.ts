import { describe, expect, it } from '@jest/globals';
import { readReport } from '../../machines/reports';
import { factsOf, placed, send } from './support';

const failed = {
  type: 'message.failed',
  message: 'm-1',
  kind: 'order-placed',
  why: '550 No such mailbox.',
} as const;

describe('a report', () => {
  it('is read from any JSON, or what is wrong with it is said', () => {
    expect(readReport(failed)).toEqual({ report: failed });
    expect(readReport({ ...failed, why: 7, more: true })).toEqual({
      fault:
        '/more: There is no field more; there is type, message, kind, why. /why: Write a text.',
    });
    expect(readReport({ type: 'message.lost' })).toEqual({
      fault: expect.stringContaining('/type: There is no report "message.lost"; there is message.'),
    });
    expect(readReport(null)).toEqual({ fault: '/: Write { "type", … }.' });
  });

  it('of a message that could not be sent asks people to look', () => {
    const { state, facts } = send(placed(), failed);
    const [asked] = factsOf({ facts }, 'attention');
    expect(asked).toMatchObject({
      reason: 'message-failed',
      text: 'The customer was not sent order-placed: 550 No such mailbox.',
    });
    expect(state.context.attention).toHaveLength(1);
  });
});
