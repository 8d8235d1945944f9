import { createTransport } from 'nodemailer';

export interface Mail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly messageId: string;
}

/** `refused`: the server will not take this message, however often it is sent. */
export type Sent =
  { readonly outcome: 'sent' } | { readonly outcome: 'refused'; readonly why: string };

export interface Mailer {
  /** Sends once; throws when it should be tried again later. */
  send(mail: Mail): Promise<Sent>;
}

/** Shorter together than an attempt of the delivery may take, so that two never run at once. */
const TIMEOUTS = {
  dnsTimeout: 5_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};

/** What a server says of this message or its recipient, rather than of us. */
const ABOUT_THE_MESSAGE = ['EENVELOPE', 'EMESSAGE'];

interface SmtpError extends Error {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

/** Sends over SMTP, a connection for each message. */
export function createMailer(url: string): Mailer {
  const transport = createTransport({
    ...TIMEOUTS,
    url,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(mail) {
      try {
        // A mail programme must not answer it with an absence notice.
        await transport.sendMail({ ...mail, headers: { 'Auto-Submitted': 'auto-generated' } });
        return { outcome: 'sent' };
      } catch (error) {
        const { code = '', responseCode, response, message } = error as SmtpError;
        const isFinal = responseCode === undefined || responseCode >= 500;
        if (ABOUT_THE_MESSAGE.includes(code) && isFinal) {
          return { outcome: 'refused', why: (response ?? message).slice(0, 500) };
        }
        throw error;
      }
    },
  };
}
