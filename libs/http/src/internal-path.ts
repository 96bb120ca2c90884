/** Whether a path belongs to the agents' runtime. Without regard to case, as routes are matched. */
export function isInternalPath(path: string): boolean {
  return /^\/api\/v1\/internal(\/|$)/i.test(path);
}
