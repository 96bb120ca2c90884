/** One thing that is wrong with a manifest. */
export interface ManifestFault {
  /** Member, dots between levels; empty for the document as a whole. */
  path: string;
  /** What is wrong and what is needed, without a full stop. */
  message: string;
}

/** A fault as one line. */
export function faultLine({ path, message }: ManifestFault): string {
  return path === '' ? message : `${path}: ${message}`;
}
