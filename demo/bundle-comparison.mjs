/** Every value of a bundle by its path, such as `crews.0.slug`. Empty lists and objects are values too. */
function valuesOf(node, path = '') {
  const members = node !== null && typeof node === 'object' ? Object.entries(node) : [];
  if (members.length === 0) return [[path, JSON.stringify(node)]];
  return members.flatMap(([name, member]) => valuesOf(member, path === '' ? name : `${path}.${name}`));
}

// Of the workspace itself, and of those below it; the ids of skills are names.
const idOfWorkspace = /^(sub_workspaces\.\d+\.)*id$/;

/** Compares two bundles value by value: how many there are, which differ as they should, and which should not. */
export function compareBundles(first, second) {
  const [one, other] = [first, second].map((bundle) => new Map(valuesOf(bundle)));
  const paths = [...new Set([...one.keys(), ...other.keys()])];
  const rows = paths
    .filter((path) => one.get(path) !== other.get(path))
    .map((path) => ({ path, first: one.get(path), second: other.get(path) }));
  const isExpected = ({ path }) => idOfWorkspace.test(path);
  return {
    count: paths.length,
    expected: rows.filter(isExpected),
    unexpected: rows.filter((row) => !isExpected(row)),
  };
}
