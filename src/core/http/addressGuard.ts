import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { t } from '@vscode/l10n';

/** What an address leads to, from the outside to the inside: this machine is the innermost. */
type Zone = 'public' | 'private' | 'loopback' | 'linkLocal';

/** Ranges that are not of the public internet (IANA special-purpose registries, RFC 6890). */
const RANGES: Readonly<Record<Exclude<Zone, 'public'>, readonly string[]>> = {
  loopback: ['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128'],
  // Clouds tell their machines' secrets there.
  linkLocal: ['169.254.0.0/16', 'fe80::/10', 'fec0::/10'],
  private: [
    '10.0.0.0/8',
    '172.16.0.0/12',
    '192.168.0.0/16',
    '100.64.0.0/10',
    '192.0.0.0/24',
    '198.18.0.0/15',
    '224.0.0.0/4',
    '240.0.0.0/4',
    'fc00::/7',
    'ff00::/8',
    '64:ff9b:1::/48',
    '2002::/16',
  ],
};

const LISTS = Object.entries(RANGES).map(([zone, ranges]) => {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', bits = ''] = range.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return { zone: zone as Zone, list };
});

/**
 * How far inside each zone is: who is there may point at what is no further inside. Nobody points at link-local
 * addresses.
 */
const DEPTH: Readonly<Record<Zone, number>> = { public: 0, private: 1, loopback: 2, linkLocal: Infinity };

/** IPv6 addresses that carry an IPv4 one (RFC 4291 and 6052). */
const CARRIES_IPV4 = /^(?:::ffff:|64:ff9b::)(?:(\d+\.\d+\.\d+\.\d+)|([\da-f]{1,4}):([\da-f]{1,4}))$/i;

function zoneOf(address: string): Zone {
  const [, dotted, high = '', low = ''] = CARRIES_IPV4.exec(address) ?? [];
  if (dotted) return zoneOf(dotted);
  if (high)
    return zoneOf(
      [high, low].flatMap((part) => [Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 255]).join('.'),
    );
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  return LISTS.find(({ list }) => list.check(address, family))?.zone ?? 'public';
}

/** The host of an address without the brackets of IPv6. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

type Resolve = (host: string) => Promise<readonly string[]>;

const resolveName: Resolve = (host) =>
  new Promise((resolve, reject) =>
    lookup(host, { all: true }, (error, found) =>
      error ? reject(error) : resolve(found.map(({ address }) => address)),
    ),
  );

/** Decides whether something may be fetched from an address (IPv4 or IPv6, not a name). */
export type AddressGuard = (address: string) => Promise<boolean>;

/**
 * Lets a service point at the public internet, and at what is as far inside as the service itself: a service on this
 * machine may name this machine, one of a company the company's network. A service elsewhere would make us look around
 * behind the user's firewall.
 */
export function guardFor(connection: URL, resolve: Resolve = resolveName): AddressGuard {
  return async (address) => {
    const zone = zoneOf(address);
    if (zone === 'public') return true;
    const own = isIP(bareHost(connection))
      ? [bareHost(connection)]
      : await resolve(bareHost(connection)).catch(() => []);
    // Of a name that leads to several places, the outermost counts: it could lead inside at just this moment.
    return (
      own.length > 0 &&
      own.every((one) => one === address || (zone !== 'linkLocal' && DEPTH[zone] <= DEPTH[zoneOf(one)]))
    );
  };
}

/** What was refused before a connection was made. */
export class AddressRefusedError extends Error {
  override readonly name = 'AddressRefusedError';

  constructor(host: string) {
    super(t('its address leads into a private network ({host}), and the service is not there', { host }));
  }
}

/**
 * Checks an address that needs no resolution, which is all that can be checked behind a proxy.
 * @throws AddressRefusedError
 */
export async function checkHost(url: URL, guard: AddressGuard): Promise<void> {
  const host = bareHost(url);
  // Names of this machine need no resolution either (RFC 6761).
  const local = /(?:^|\.)localhost\.?$/i.test(host) ? '127.0.0.1' : undefined;
  const address = isIP(host) ? host : local;
  if (address && !(await guard(address))) throw new AddressRefusedError(host);
}

/**
 * Resolves names as Node does, and refuses those that lead where they may not: what is checked is what is connected to.
 */
export function guardedLookup(guard: AddressGuard): LookupFunction {
  return (host, options, callback) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '', 0);
      void Promise.all(found.map(({ address }) => guard(address))).then(
        (allowed) => {
          const [first] = found;
          if (!first || allowed.includes(false)) callback(new AddressRefusedError(host), '', 0);
          else if (options.all) callback(null, found);
          else callback(null, first.address, first.family);
        },
        (failure: unknown) => callback(failure as Error, '', 0),
      );
    });
  };
}

/** Whether an exchange was refused for its address, however deep that is told. */
export function isAddressRefused(error: unknown): AddressRefusedError | undefined {
  if (error instanceof AddressRefusedError) return error;
  if (error instanceof AggregateError) return error.errors.map(isAddressRefused).find(Boolean);
  return error instanceof Error && error.cause !== undefined ? isAddressRefused(error.cause) : undefined;
}
