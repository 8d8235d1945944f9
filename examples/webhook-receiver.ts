import { createServer, type IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';

const { SECRET = '', PORT = '4020' } = process.env;
const signatures = new Webhook(SECRET);

interface Told {
  id: string;
  type: string;
  sequence: number;
  order?: { number: string; status: string };
}

// Both belong into your database, and into one transaction with what you do about a webhook.
const taken = new Set<string>();
const orders = new Map<string, { sequence: number; status: string }>();

function take({ id, type, sequence, order }: Told) {
  if (taken.has(id)) return;
  taken.add(id);
  if (!order) return console.log(type);
  console.log(`${order.number}: ${type}, number ${sequence}`);
  // What was told later may have come before.
  const known = orders.get(order.number);
  if (known && known.sequence > sequence) return;
  orders.set(order.number, { sequence, status: order.status });
}

async function rawBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function answerTo(request: IncomingMessage): Promise<number> {
  const body = await rawBody(request);
  let told: Told;
  try {
    // Checks the signature and the age over the body as it came, and only then parses it.
    told = signatures.verify(body, request.headers as Record<string, string>) as Told;
  } catch {
    return 401;
  }
  take(told);
  return 204;
}

createServer((request, response) => {
  answerTo(request).then(
    (status) => response.writeHead(status).end(),
    () => response.writeHead(500).end(),
  );
}).listen(Number(PORT), () => console.log(`Webhooks are taken on port ${PORT}.`));
