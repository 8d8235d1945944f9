import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import type { Answer, Posted, Signing } from './evidence';
import type { Posting } from './letters';

/** Whom letters are posted to. */
export interface Addressee {
  readonly url: string;
  /** `whsec_…` */
  readonly secret: string;
  /** How long an answer is waited for. */
  readonly answerMs: number;
}

const TEN_MINUTES = 600_000;

const changed = (body: string) => body.replace(/"quantity":\s*\d+/, '"quantity": 999');

/** The headers and the body of a posting at this moment. */
function signedAt(now: Date, { letter: { id }, body, signing }: Posting, secret: string) {
  const sign = (at: Date, as = id, by = secret) => new Webhook(by).sign(as, at, body);
  const headersOf = (signature: string, at = now) => ({
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': signature,
  });
  const another = `whsec_${randomBytes(24).toString('base64')}`;
  const past = new Date(now.getTime() - TEN_MINUTES);
  const future = new Date(now.getTime() + TEN_MINUTES);
  const ways: Readonly<Record<Signing, () => { headers: Record<string, string>; body: string }>> = {
    rightly: () => ({ headers: headersOf(sign(now)), body }),
    'beside another': () => ({
      headers: headersOf(`${sign(now, id, another)} ${sign(now)}`),
      body,
    }),
    'with another secret': () => ({ headers: headersOf(sign(now, id, another)), body }),
    'not at all': () => ({ headers: {}, body }),
    'long ago': () => ({ headers: headersOf(sign(past), past), body }),
    'in the future': () => ({ headers: headersOf(sign(future), future), body }),
    'before it was changed': () => ({ headers: headersOf(sign(now)), body: changed(body) }),
  };
  return ways[signing]();
}

async function postOnce(to: Addressee, posting: Posting): Promise<Answer> {
  const { url, secret, answerMs } = to;
  const { headers, body } = signedAt(new Date(), posting, secret);
  const since = performance.now();
  const tookMs = () => Math.round(performance.now() - since);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Conveyor', ...headers },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
    });
    await response.arrayBuffer();
    return { status: response.status, tookMs: tookMs() };
  } catch (error) {
    return { failed: whyOf(error, answerMs), tookMs: tookMs() };
  }
}

function whyOf(error: unknown, answerMs: number): string {
  const { name, message, cause } = error as Error;
  if (name === 'TimeoutError') return `There was no answer within ${answerMs / 1000} s.`;
  return `There was no answer: ${cause instanceof Error ? cause.message : message}.`;
}

/** Posts a letter, as often at once as it says. */
export async function post(to: Addressee, posting: Posting): Promise<Posted> {
  const { name, letter, signing, times } = posting;
  const answers = Array.from({ length: times }, () => postOnce(to, posting));
  return { name, letter, signing, answers: await Promise.all(answers) };
}
