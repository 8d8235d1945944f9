import { describe, expect, it } from '@jest/globals';
import { problemKinds } from '../../api/problem-kinds';
import { refused } from '../../api/problems';
import { isDatabaseAway } from '../../api/http/failures';

describe('the problems', () => {
  it('each have a status that says whose turn it is, a title and a way out', () => {
    for (const [code, { status, title, remedy, retryAfter }] of Object.entries(problemKinds)) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect([400, 401, 402, 403, 404, 405, 409, 410, 412, 413, 415, 422, 429, 500, 503]).toContain(
        status,
      );
      expect(title).not.toMatch(/\.$/);
      expect(remedy).toMatch(/\.$/);
      expect(retryAfter === undefined || status === 409 || status === 503).toBe(true);
    }
  });

  it('carry all that a refusal says', () => {
    const refusal = {
      ...({ code: 'on-hold', guard: 'notOnHold', detail: 'It is held.' } as const),
      allowed: ['release-hold'],
      figures: { hold: { reason: 'fraud' } },
      errors: [{ pointer: '/lines', detail: 'No.' }],
    } as const;
    const { status, body, headers } = refused(refusal, { command: { id: '1' } });
    expect(status).toBe(409);
    expect(headers['Content-Type']).toBe('application/problem+json');
    expect(body).toEqual({
      ...{ type: '/docs/problems#on-hold', title: 'The order is on hold', status: 409 },
      ...{ ...refusal, command: { id: '1' } },
    });
  });
});

describe('a database that is away', () => {
  const error = (changes: object) => Object.assign(new Error('x'), changes);
  it('is told from a mistake of ours', () => {
    const away = [
      error({ code: 'ECONNREFUSED' }),
      error({ code: '57P01' }),
      error({ code: '57P03' }),
      error({ code: '08006' }),
      error({ name: 'KnexTimeoutError' }),
      new Error('Connection terminated unexpectedly'),
      new AggregateError([error({ code: 'ECONNREFUSED' })]),
    ];
    expect(away.map(isDatabaseAway)).toEqual(away.map(() => true));
    const ours = [error({ code: '42P01' }), error({ code: '23505' }), new TypeError('x'), 'x'];
    expect(ours.map(isDatabaseAway)).toEqual(ours.map(() => false));
  });
});
