import { lookup } from 'node:dns/promises';

/** Turns a host name into addresses, as a port so that tests own the answers. */
export abstract class DnsResolver {
  /** All addresses of the name, in order of preference. Rejects when there are none. */
  abstract resolve(host: string): Promise<readonly string[]>;
}

/** The machine's own resolver, `/etc/hosts` included. */
export class SystemDnsResolver extends DnsResolver {
  async resolve(host: string): Promise<readonly string[]> {
    const answers = await lookup(host, { all: true, order: 'verbatim' });
    return answers.map((answer) => answer.address);
  }
}
