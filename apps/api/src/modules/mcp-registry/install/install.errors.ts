import { defineErrors } from '#kernel';

/** Why an entry of the registry cannot be installed as asked. */
export const installErrors = defineErrors('registry_install', {
  oneWay: { kind: 'invalid', message: 'Give package or remote, not both' },
  noSuchWay: { kind: 'invalid', message: '{kind} names none of the entry’s {count} {kind}s' },
  unusable: { kind: 'unprocessable', message: '{reason}' },
  borrowed: {
    kind: 'unprocessable',
    message:
      'The publisher refers to credentials of whoever installs the server. Register it by hand if that is what you want',
  },
  variables: {
    kind: 'unprocessable',
    message: 'The server needs other variables: {names}. `variables` lists all that it asks for',
  },
});
