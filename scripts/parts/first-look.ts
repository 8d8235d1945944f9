const ANSWERS_WITHIN_MS = 10_000;

/** What somebody needs who looks at the dashboard for the first time. */
export interface FirstLook {
  /** An address that signs whoever opens it in, once; where the API makes none, what to do about it. */
  readonly signIn: string;
  /** Whether there is no order to look at. */
  readonly isEmpty: boolean;
}

/** Asks the API for it; never throws, because the system runs without it. */
export async function firstLook(apiPort: number, adminKey: string): Promise<FirstLook> {
  async function ask(method: 'GET' | 'POST', path: string): Promise<unknown> {
    const answer = await fetch(`http://127.0.0.1:${apiPort}${path}`, {
      method,
      headers: { authorization: `Bearer ${adminKey}` },
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    if (!answer.ok) throw new Error(`The API answered ${answer.status}.`);
    return answer.json();
  }
  const link = ask('POST', '/v1/sign-in-links') as Promise<{ readonly path: string }>;
  const orders = ask('GET', '/v1/orders?limit=1') as Promise<{ readonly orders: unknown[] }>;
  const [signIn, isEmpty] = await Promise.all([
    link.then(
      ({ path }) => `http://localhost:${apiPort}${path}`,
      () => 'no link could be made: start again, or ask POST /v1/sign-in-links',
    ),
    orders.then(
      (page) => page.orders.length === 0,
      () => false,
    ),
  ]);
  return { signIn, isEmpty };
}
