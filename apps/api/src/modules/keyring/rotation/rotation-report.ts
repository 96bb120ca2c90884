/** What a rotation did, or would do. */
export interface RotationReport {
  dryRun: boolean;
  /** Version of the instance's key that data keys are wrapped under now. */
  currentVersion: number;
  /** Versions that this process has keys of. */
  configured: readonly number[];
  /** Versions that data keys are wrapped under. */
  inUse: readonly number[];
  /** Data keys that were wrapped anew. */
  rewrapped: number;
  /** Data keys that were made. */
  made: number;
  /** Values that were sealed anew. */
  values: number;
  /** Data keys that nothing is sealed with any more; removed by a run a day later. */
  retired: number;
  /** Data keys that were removed. */
  removed: number;
  /** What could not be opened and was left as it is. */
  unreadable: readonly string[];
}

const mostNamed = 20;

/** The report as a person reads it. Ids and counts only. */
export function describeReport(report: RotationReport): string {
  return [doneOf(report), ...unreadableOf(report), ...adviceOf(report)].join('\n');
}

/** Variable of the environment that holds a version's key. */
export function variableOf(version: number): string {
  return version === 1 ? 'ENCRYPTION_KEY' : `ENCRYPTION_KEY_V${version}`;
}

function doneOf(report: RotationReport): string {
  const { dryRun, rewrapped, made, values, retired, removed } = report;
  if (dryRun)
    return `Dry run, nothing was written. To do: ${rewrapped} data keys to wrap anew, ${values} values to seal anew.`;
  return (
    `Done: ${rewrapped} data keys wrapped anew, ${made} made, ${retired} retired, ${removed} removed; ` +
    `${values} values sealed anew.`
  );
}

function unreadableOf({ unreadable }: RotationReport): string[] {
  if (unreadable.length === 0) return [];
  const more = unreadable.length - mostNamed;
  return [
    `${unreadable.length} could not be opened and were left as they are:`,
    ...unreadable.slice(0, mostNamed).map((each) => `  ${each}`),
    ...(more > 0 ? [`  … and ${more} more`] : []),
  ];
}

function adviceOf({ dryRun, configured, currentVersion, inUse }: RotationReport): string[] {
  const others = configured.filter((version) => version !== currentVersion);
  if (others.length === 0) return [`Version ${currentVersion} is the only key here; there is no old one to remove.`];
  return others.map((version) => {
    const name = `${variableOf(version)} (version ${version})`;
    if (!inUse.includes(version)) {
      return (
        `${name} may be removed from the environment, once every process runs with ` +
        `CREWSHIP_ENCRYPTION_KEY_VERSION=${currentVersion}.`
      );
    }
    const why = dryRun ? 'data keys are wrapped under it until the rotation has run' : 'data keys are wrapped under it';
    return `${name} must stay: ${why}.`;
  });
}
