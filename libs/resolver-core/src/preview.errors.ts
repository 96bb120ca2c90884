import { defineErrors } from '#kernel';

/** What may be wrong with changes that are only being tried out. `fields` names the change, as `changes.<n>`. */
export const previewErrors = defineErrors('preview', {
  unknownRow: {
    kind: 'unprocessable',
    message: 'A change names a {target} that does not exist here; ids of new rows begin with "new-"',
  },
  incompleteRow: { kind: 'unprocessable', message: 'A new {target} needs {missing}' },
  duplicateRow: { kind: 'conflict', message: 'A change makes a second {target} where only one may be: {unique}' },
  noCrew: { kind: 'unprocessable', message: 'A change is about a crew server, but the agent is in no live crew' },
});
