/** A host as the policy compares it: lower case, without brackets and without the dots that end a full name. */
export function normalizeHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/\.+$/, '');
}

/** Whether the name is one that always means this machine (RFC 6761, section 6.3). */
export function isLoopbackName(host: string): boolean {
  const name = normalizeHost(host);
  return name === 'localhost' || name.endsWith('.localhost');
}

const metadataNames = ['metadata.google.internal', 'metadata.goog', 'metadata.azure.internal', 'instance-data'];

/** Whether the name belongs to a cloud's metadata service, which hands out credentials of the machine. */
export function isMetadataName(host: string): boolean {
  const name = normalizeHost(host);
  return metadataNames.some((known) => name === known || name.endsWith(`.${known}`) || name.startsWith(`${known}.`));
}
