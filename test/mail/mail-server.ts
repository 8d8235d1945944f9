import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A refusal as a mail server says it. */
export interface Verdict {
  readonly code: number;
  readonly says: string;
}

/** A real SMTP server that keeps what it is sent and may be told to refuse. */
export async function startMailServer() {
  const mails: ParsedMail[] = [];
  const raw: string[] = [];
  const verdicts: Verdict[] = [];
  let port = 0;
  let server: SMTPServer | undefined;

  async function start(): Promise<void> {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onRcptTo(_address, _session, callback) {
        const verdict = verdicts.shift();
        if (!verdict) return callback();
        callback(Object.assign(new Error(verdict.says), { responseCode: verdict.code }));
      },
      onData(stream, _session, callback) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.once('end', () => {
          const text = Buffer.concat(chunks).toString();
          void simpleParser(text).then((mail) => {
            raw.push(text);
            mails.push(mail);
            callback();
          }, callback);
        });
      },
    });
    server.on('error', () => undefined);
    server.listen(port, '127.0.0.1');
    await once(server.server, 'listening');
    port = (server.server.address() as AddressInfo).port;
  }

  async function stop(): Promise<void> {
    const ending = server;
    server = undefined;
    if (ending) await new Promise<void>((resolve) => ending.close(() => resolve()));
  }

  await start();
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    raw,
    /** What the next recipients are answered, one verdict each. */
    refuse: (...next: Verdict[]) => void verdicts.push(...next),
    to: (address: string) =>
      mails.filter(({ to }) => [to].flat().some((each) => each?.text.includes(address))),
    start,
    stop,
  };
}

export type MailServer = Awaited<ReturnType<typeof startMailServer>>;
