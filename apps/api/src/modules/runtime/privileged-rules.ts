/**
 * Whether a crew's devcontainer settings ask for a privileged container, from which the host and every other container's
 * secrets can be reached. Comments count too: in doubt the container is privileged.
 */
export function isPrivileged(devcontainerConfig: string | null): boolean {
  if (devcontainerConfig === null) return false;
  return /"privileged"\s*:\s*true|--privileged(?!\s*=\s*false)/i.test(unescaped(devcontainerConfig));
}

// Letters of JSON strings may be written as escapes.
function unescaped(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/gi, (_escape, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
