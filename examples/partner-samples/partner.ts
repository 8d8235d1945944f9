import * as fs from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';

const { SECRET = '', CALLBACKS = '', PORT = '4000', FOLDER = 'partner-data' } = process.env;
const signatures = new Webhook(SECRET);
const folders = ['letters', 'to-say', 'said', 'refused'];
for (const folder of folders) fs.mkdirSync(join(FOLDER, folder), { recursive: true });

interface Letter {
  id: string;
  type: string;
  order: string;
  handOver: string;
  lines: { id: string; quantity: number }[];
}

const fileOf = (folder: string, id: string) =>
  join(FOLDER, folder, `${encodeURIComponent(id)}.json`);

/** Keeps a text under its id, whole or not at all. */
function keep(folder: string, id: string, text: string) {
  const draft = fileOf('.', `draft-${id}`);
  fs.writeFileSync(draft, text, { flush: true });
  fs.renameSync(draft, fileOf(folder, id));
}

/** Units of a line that letters have cancelled, the letters that came before their order included. */
function cancelled(handOver: Letter, line: string) {
  const letters = fs
    .readdirSync(join(FOLDER, 'letters'))
    .map((file) => JSON.parse(fs.readFileSync(join(FOLDER, 'letters', file), 'utf8')) as Letter)
    .filter(({ type, order }) => type === 'cancellation' && order === handOver.order)
    .filter((letter) => letter.handOver === handOver.handOver);
  const units = letters.flatMap(({ lines }) => lines.filter(({ id }) => id === line));
  return units.reduce((sum, { quantity }) => sum + quantity, 0);
}

/** What is to be said of an order. Your warehouse comes here: this one sends everything at once. */
function answersTo(letter: Letter) {
  const { id, order } = letter;
  const about = { order, at: new Date().toISOString() };
  const lines = letter.lines
    .map((line) => ({ id: line.id, quantity: line.quantity - cancelled(letter, line.id) }))
    .filter(({ quantity }) => quantity > 0);
  const tracking = { carrier: 'Royal Mail', number: `RM-${id}` };
  const accepted = { id: `accepted-${id}`, type: 'accepted', ...about };
  const shipped = { id: `shipped-${id}`, type: 'shipped', ...about, lines, tracking };
  return lines.length > 0 ? [accepted, shipped] : [];
}

/** What is to be said is kept before the letter: after a crash in between, the letter comes again. */
function take(letter: Letter, body: string) {
  if (fs.existsSync(fileOf('letters', letter.id))) return;
  const answers = letter.type === 'order' ? answersTo(letter) : [];
  for (const said of answers) keep('to-say', said.id, JSON.stringify(said));
  keep('letters', letter.id, body);
}

async function rawBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

async function answerTo(request: IncomingMessage): Promise<number> {
  const body = await rawBody(request);
  let letter: Letter;
  try {
    // Checks the signature and the age over the body as it came, and only then parses it.
    letter = signatures.verify(body, request.headers as Record<string, string>) as Letter;
  } catch {
    return 401;
  }
  take(letter, body);
  return 204;
}

createServer((request, response) => {
  answerTo(request).then(
    (status) => response.writeHead(status).end(),
    (error: unknown) => {
      console.error(error);
      response.writeHead(500).end();
    },
  );
}).listen(Number(PORT), () => console.log(`Letters are taken on port ${PORT}.`));

/** Says one thing; false where it is to be said again later. */
async function say(file: string): Promise<boolean> {
  const path = join(FOLDER, 'to-say', file);
  const body = fs.readFileSync(path, 'utf8');
  const { id } = JSON.parse(body) as { id: string };
  const now = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': signatures.sign(id, now, body),
  };
  const signal = AbortSignal.timeout(15_000);
  const { status } = await fetch(CALLBACKS, { method: 'POST', headers, body, signal });
  const isTaken = status >= 200 && status < 300;
  // These two are about the message itself. All else passes, or somebody mends it.
  if (!isTaken && status !== 413 && status !== 422) return false;
  fs.renameSync(path, join(FOLDER, isTaken ? 'said' : 'refused', file));
  return true;
}

/** Says what is kept, and waits longer each time that it cannot be said, up to a minute. */
async function sayAll(waitMs = 1000): Promise<void> {
  let isAllSaid = true;
  for (const file of fs.readdirSync(join(FOLDER, 'to-say'))) {
    isAllSaid = (await say(file).catch(() => false)) && isAllSaid;
  }
  setTimeout(() => void sayAll(isAllSaid ? 1000 : Math.min(waitMs * 2, 60_000)), waitMs);
}
void sayAll();
