import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { decidingAddresses, kindOfAddress } from './address-verdict.js';
import { isLoopbackName, normalizeHost } from './host-name.js';

type Range = [ipaddr.IPv4 | ipaddr.IPv6, number];

/** How the policy sees an address: `listed` ones are allowed by the operator and may be spoken to in plain http. */
export type Standing = 'listed' | 'public' | 'refused';

/**
 * Which addresses outbound calls may reach. Public ones always; others only when the operator lists their host or a
 * range that holds them. A listed host opens the private addresses it resolves to, but never link-local, multicast
 * or metadata addresses: those must be listed as a range.
 */
export class EgressPolicy {
  private constructor(
    private readonly hosts: ReadonlySet<string>,
    private readonly ranges: readonly Range[],
  ) {}

  /** The policy without exceptions: public addresses over https only. */
  static readonly strict = new EgressPolicy(new Set(), []);

  /**
   * Reads the value of `EGRESS_ALLOW`: host names, IP addresses and CIDR ranges, separated by commas.
   * @throws Error naming the first entry that is none of these, for instance one with a port or a wildcard.
   */
  static parse(text: string): EgressPolicy {
    const hosts = new Set<string>();
    const ranges: Range[] = [];
    for (const entry of text.split(',').map((part) => part.trim())) {
      if (entry === '') continue;
      const range = findRange(entry);
      if (range) ranges.push(range);
      else hosts.add(parseHost(entry));
    }
    return new EgressPolicy(hosts, ranges);
  }

  /** Whether the operator listed this host by name. */
  listsHost(host: string): boolean {
    return this.hosts.has(normalizeHost(host));
  }

  /** How an address stands to which `host` resolved, or which is the host itself. */
  standingOf(host: string, address: string): Standing {
    const deciding = decidingAddresses(address);
    if (deciding.length === 0) return 'refused';
    const byName = this.listsHost(host);
    const kinds = deciding.map((each) => {
      if (this.ranges.some((range) => each.kind() === range[0].kind() && each.match(range))) return 'listed';
      const kind = kindOfAddress(each);
      if (byName && kind !== 'forbidden') return 'listed';
      return kind === 'public' ? 'public' : 'refused';
    });
    if (kinds.includes('refused')) return 'refused';
    return kinds.includes('public') ? 'public' : 'listed';
  }

  /** Whether names such as `localhost` are open: listed by name, or a range holds one of their two addresses. */
  opensLoopbackName(host: string): boolean {
    return isLoopbackName(host) && loopbackAddresses.some((address) => this.standingOf(host, address) === 'listed');
  }
}

/** The addresses of `localhost` and the names below it, which are never asked of a name server (RFC 6761). */
export const loopbackAddresses = ['127.0.0.1', '::1'] as const;

function findRange(entry: string): Range | null {
  const bare = entry.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare)) {
    const address = ipaddr.process(bare);
    return [address, address.kind() === 'ipv4' ? 32 : 128];
  }
  return ipaddr.isValidCIDR(entry) ? ipaddr.parseCIDR(entry) : null;
}

function parseHost(entry: string): string {
  const host = URL.canParse(`http://${entry}/`) ? new URL(`http://${entry}/`).hostname : '';
  // What the URL parser changes (a port, a path, a numeric host) was not a plain name.
  const name = normalizeHost(entry);
  if (host === '' || /[/?#@:*\s\\]/.test(entry) || isIP(normalizeHost(host))) {
    throw new Error(`"${entry}" in EGRESS_ALLOW is neither a host name nor an IP address nor a CIDR range`);
  }
  return /^[\x20-\x7e]+$/.test(name) ? name : normalizeHost(host);
}
