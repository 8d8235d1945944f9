import type { Schemas } from '../client/client';
import type { Partner } from './queries';

type Put = Schemas['PutPartner'];
type Patience = NonNullable<Partner['terms']['accept']>;

/** What is typed into the form of a partner; what another way of reaching it needs is kept beside. */
export interface PartnerValues {
  readonly code: string;
  readonly name: string;
  readonly active: boolean;
  readonly transport: Partner['transport']['kind'];
  readonly url: string;
  readonly folder: string;
  readonly host: string;
  readonly port: string;
  readonly user: string;
  readonly path: string;
  readonly hostKey: string;
  readonly password: string;
  readonly privateKey: string;
  readonly passphrase: string;
  readonly feed: 'none' | 'http' | 'folder';
  readonly feedUrl: string;
  readonly feedFolder: string;
  readonly everySeconds: string;
  readonly accepts: boolean;
  readonly cancellations: boolean;
  readonly partial: boolean;
  readonly acceptRemind: string;
  readonly acceptEscalate: string;
  readonly acceptGiveUp: string;
  readonly shipRemind: string;
  readonly shipEscalate: string;
  readonly shipGiveUp: string;
}

const HOURS = { days: 24, hours: 1, minutes: 1 / 60, seconds: 1 / 3600 } as const;

function hoursOf(duration: Schemas['Duration'] | undefined): string {
  if (!duration) return '';
  const parts = Object.entries(HOURS).map(([unit, hours]) => {
    const number: number | undefined = duration[unit as keyof typeof HOURS];
    return (number ?? 0) * hours;
  });
  return String(Number(parts.reduce((sum, part) => sum + part, 0).toFixed(4)));
}

function transportValues(transport: Partner['transport'] | undefined) {
  const none = { url: '', folder: '', host: '', port: '', user: '', path: '', hostKey: '' };
  switch (transport?.kind) {
    case 'http':
      return { ...none, url: transport.url };
    case 'folder':
      return { ...none, folder: transport.path };
    case 'sftp': {
      const { host, port, user, path, hostKey = '' } = transport;
      return { ...none, host, port: port ? String(port) : '', user, path, hostKey };
    }
    case undefined:
      return none;
  }
}

function feedValues(feed: Partner['feed'] | undefined) {
  const every = { everySeconds: feed ? String(feed.everySeconds) : '60' };
  if (!feed) return { ...every, feed: 'none', feedUrl: '', feedFolder: '' } as const;
  return feed.kind === 'http'
    ? ({ ...every, feed: 'http', feedUrl: feed.url, feedFolder: '' } as const)
    : ({ ...every, feed: 'folder', feedUrl: '', feedFolder: feed.path } as const);
}

function capabilityValues({ accepts, cancellations, partial }: Partner['capabilities']) {
  const able = { accepts: accepts ?? true, cancellations: cancellations ?? true };
  return { ...able, partial: partial ?? true };
}

function termValues({ accept, ship }: Partner['terms']) {
  return {
    acceptRemind: hoursOf(accept?.remind),
    acceptEscalate: hoursOf(accept?.escalate),
    acceptGiveUp: hoursOf(accept?.giveUp),
    shipRemind: hoursOf(ship?.remind),
    shipEscalate: hoursOf(ship?.escalate),
    shipGiveUp: hoursOf(ship?.giveUp),
  };
}

const unknown = { code: '', name: '', active: true } as const;

/** A partner as the form shows it; a new one's where there is none yet. */
export function valuesOf(partner?: Partner): PartnerValues {
  const { code, name, active } = partner ?? unknown;
  return {
    ...{ code, name, active },
    transport: partner?.transport.kind ?? 'http',
    ...transportValues(partner?.transport),
    ...{ password: '', privateKey: '', passphrase: '' },
    ...feedValues(partner?.feed),
    ...capabilityValues(partner?.capabilities ?? {}),
    ...termValues(partner?.terms ?? {}),
  };
}

function transportOf(values: PartnerValues): Put['transport'] {
  switch (values.transport) {
    case 'http':
      return { kind: 'http', url: values.url };
    case 'folder':
      return { kind: 'folder', path: values.folder };
    case 'sftp': {
      const { host, port, user, path, hostKey } = values;
      const proof = hostKey === '' ? {} : { hostKey };
      return {
        kind: 'sftp',
        host,
        user,
        path,
        ...(port !== '' && { port: Number(port) }),
        ...proof,
      };
    }
  }
}

function feedOf({ feed, feedUrl, feedFolder, everySeconds: every }: PartnerValues): Put['feed'] {
  const everySeconds = Number(every);
  if (feed === 'http') return { kind: 'http', url: feedUrl, everySeconds };
  return feed === 'folder' ? { kind: 'folder', path: feedFolder, everySeconds } : null;
}

function patienceOf(remind: string, escalate: string, giveUp: string): Patience | undefined {
  if (remind + escalate + giveUp === '') return undefined;
  return {
    ...(remind !== '' && { remind: { hours: Number(remind) } }),
    escalate: { hours: Number(escalate) },
    ...(giveUp !== '' && { giveUp: { hours: Number(giveUp) } }),
  };
}

function credentialOf({ password, privateKey, passphrase }: PartnerValues) {
  const typed = Object.entries({ password, privateKey, passphrase }).filter(([, is]) => is !== '');
  return typed.length === 0 ? undefined : Object.fromEntries(typed);
}

/** What is sent of the form: what was typed, whether or not the API will have it. */
export function putOf(values: PartnerValues): Put {
  const accept = patienceOf(values.acceptRemind, values.acceptEscalate, values.acceptGiveUp);
  const ship = patienceOf(values.shipRemind, values.shipEscalate, values.shipGiveUp);
  const credential = values.transport === 'sftp' ? credentialOf(values) : undefined;
  const { name, active, accepts, cancellations, partial } = values;
  return {
    ...{ name, active },
    transport: transportOf(values),
    feed: feedOf(values),
    terms: { ...(accept && { accept }), ...(ship && { ship }) },
    capabilities: { accepts, cancellations, partial },
    ...(credential && { credential }),
  };
}
