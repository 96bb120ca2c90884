import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/**
 * What an address is. `private` may be opened by a host name or a range of the policy, `forbidden` (link-local,
 * multicast, metadata services, unspecified, not an address at all) only by a range.
 */
export type AddressKind = 'public' | 'private' | 'forbidden';

// ipaddr.js calls Azure's wire server unicast; Alibaba's metadata address lies in 100.64/10 but must not be opened by name.
const metadataAddresses: ReadonlySet<string> = new Set(['168.63.129.16', '100.100.100.200', 'fd00:ec2::254']);
const forbiddenRanges: ReadonlySet<string> = new Set(['linkLocal', 'multicast', 'unspecified', 'broadcast']);
const globalUnicast = ipaddr.IPv6.parseCIDR('2000::/3');
const localNat64 = ipaddr.IPv6.parseCIDR('64:ff9b:1::/48');
const compatible = ipaddr.IPv6.parseCIDR('::/96');

/**
 * The addresses that decide about `text`: itself, or the IPv4 addresses it carries when it is IPv4-mapped,
 * IPv4-compatible, NAT64 (RFC 6052), 6to4 (RFC 3056) or Teredo (RFC 4380: server and client).
 * Empty when `text` is not an address.
 */
export function decidingAddresses(text: string): Address[] {
  if (!ipaddr.isValid(text)) return [];
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv4) return [address];
  const range = address.range();
  const bytes = address.toByteArray();
  // The local-use prefix of RFC 8215 may hide its IPv4 at several offsets, so it counts as private as a whole.
  if (range === 'rfc6052' && !address.match(localNat64)) return [ipv4At(bytes, 12)];
  if (range === '6to4') return [ipv4At(bytes, 2)];
  if (range === 'teredo') return [ipv4At(bytes, 4), ipv4At(bytes, 12, 0xff)];
  if (address.match(compatible) && range !== 'unspecified' && range !== 'loopback') return [ipv4At(bytes, 12)];
  return [address];
}

/** What one deciding address is. */
export function kindOfAddress(address: Address): AddressKind {
  if (metadataAddresses.has(address.toString())) return 'forbidden';
  const range = address.range();
  if (forbiddenRanges.has(range)) return 'forbidden';
  if (range !== 'unicast') return 'private';
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast) ? 'public' : 'private';
}

function ipv4At(bytes: readonly number[], start: number, mask = 0): ipaddr.IPv4 {
  return new ipaddr.IPv4(bytes.slice(start, start + 4).map((byte) => byte ^ mask));
}
