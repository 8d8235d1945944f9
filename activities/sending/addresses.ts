import { lookup } from 'node:dns/promises';
import ipaddr from 'ipaddr.js';

/** An address that may be posted to, as Node's own look-ups give it. */
export interface Address {
  readonly address: string;
  readonly family: number;
}

/** Where a URL leads, or why nothing may be posted there. */
export type Destination =
  | { readonly addresses: readonly [Address, ...Address[]] }
  | { readonly forbidden: string }
  | { readonly unknown: string };

/** All addresses of a host. */
export type Resolve = (host: string) => Promise<readonly Address[]>;

type Range = ReturnType<typeof ipaddr.parseCIDR>;

const resolveAll: Resolve = (host) => lookup(host, { all: true, verbatim: true });

/** Says where a URL leads: to public addresses only, but for addresses, ranges and hosts that are allowed. */
export function createDestinations(allowed: readonly string[], resolve: Resolve = resolveAll) {
  const ranges = allowed.filter(isRange).map(rangeOf);
  const hosts = new Set(allowed.filter((each) => !isRange(each)).map((host) => host.toLowerCase()));

  /** What kind of address it is, where nothing may be posted there. */
  const objection = (address: string): string | undefined => {
    // An IPv4 address within an IPv6 one is looked at as what it is.
    const parsed = ipaddr.process(address);
    const isAllowed = ranges.some(
      ([range, bits]) => range.kind() === parsed.kind() && parsed.match(range, bits),
    );
    if (isAllowed || isPublic(parsed)) return undefined;
    const kind = parsed.range();
    return kind === 'unicast' ? 'reserved' : kind;
  };

  return async (url: URL): Promise<Destination> => {
    const fault = faultOf(url);
    if (fault !== undefined) return { forbidden: fault };
    const host = url.hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    const found = await addressesOf(host, resolve);
    if (!Array.isArray(found)) return found;
    if (hosts.has(host)) return { addresses: found };
    // One address among many is enough to refuse: which of them is taken is chance.
    const kinds = found.map(({ address }) => objection(address));
    const at = kinds.findIndex((kind) => kind !== undefined);
    const [wrong, kind] = [found[at], kinds[at]];
    if (!wrong) return { addresses: found };
    const leads = ipaddr.isValid(host) ? 'is' : `leads to ${wrong.address},`;
    return {
      forbidden: `${host} ${leads} an address that is not public (${kind}): ALLOWED_ADDRESSES has to name it.`,
    };
  };
}

async function addressesOf(
  host: string,
  resolve: Resolve,
): Promise<[Address, ...Address[]] | { unknown: string }> {
  if (ipaddr.isValid(host)) {
    return [{ address: host, family: ipaddr.parse(host).kind() === 'ipv4' ? 4 : 6 }];
  }
  try {
    const [first, ...others] = await resolve(host);
    return first ? [first, ...others] : { unknown: `${host} has no address.` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { unknown: `${host} could not be looked up: ${code ?? String(error)}.` };
  }
}

/** Of IPv6 only 2000::/3 has been given to anybody. */
function isPublic(address: ReturnType<typeof ipaddr.process>): boolean {
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(ipaddr.parseCIDR('2000::/3'));
}

function faultOf({ protocol, username, password }: URL): string | undefined {
  if (protocol !== 'http:' && protocol !== 'https:')
    return 'An address begins with http:// or https://.';
  if (username !== '' || password !== '')
    return 'An address has neither a user nor a password in it.';
  return undefined;
}

function isRange(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

function rangeOf(text: string): Range {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  const address = ipaddr.parse(text);
  return [address, address.kind() === 'ipv4' ? 32 : 128];
}
