import { isIP } from 'node:net';
import type { DnsResolver } from './dns-resolver.js';
import { plainHttp, refused } from './egress.errors.js';
import { type EgressPolicy, loopbackAddresses } from './egress-policy.js';
import { isLoopbackName, normalizeHost } from './host-name.js';

/** Decides, at the moment of connecting, which addresses a socket may be opened to. */
export class AddressGuard {
  constructor(
    private readonly policy: EgressPolicy,
    private readonly resolver: DnsResolver,
  ) {}

  /**
   * Resolves the host once and answers the addresses that may be connected to.
   * @throws AppError `egress.url_not_allowed` when any address is refused, or plain http is asked of an unlisted one.
   */
  async permit(host: string, protocol: string): Promise<readonly string[]> {
    const name = normalizeHost(host);
    const addresses = await this.addressesOf(name);
    const standings = addresses.map((address) => this.policy.standingOf(name, address));
    if (standings.length === 0 || standings.includes('refused')) {
      throw refused({ rule: 'address', reason: 'private or internal address not allowed' });
    }
    if (protocol !== 'https:' && standings.includes('public')) {
      throw refused(plainHttp);
    }
    return addresses;
  }

  private async addressesOf(name: string): Promise<readonly string[]> {
    if (isIP(name)) return [name];
    if (isLoopbackName(name)) {
      // Both are this machine, so that one listed address is enough.
      return loopbackAddresses.filter((address) => this.policy.standingOf(name, address) !== 'refused');
    }
    return await this.resolver.resolve(name);
  }
}
