import { defineErrors } from '#kernel';

/** What may go wrong with sealed values. None of the sentences says which check failed: that is for the log. */
export const vaultErrors = defineErrors('vault', {
  unreadable: { kind: 'internal', message: 'A stored secret could not be read' },
  placeIncomplete: { kind: 'internal', message: 'A secret could not be stored' },
  keyRingInvalid: { kind: 'internal', message: 'The encryption keys are not usable: {reason}' },
  notText: {
    kind: 'invalid',
    message: 'The secret is not valid Unicode text (it holds half of a surrogate pair); send it as base64 or hex',
  },
});

/** Which check a sealed value failed. */
export type SealFailureReason =
  | 'malformed'
  | 'unknown_format'
  | 'unknown_data_key'
  | 'unknown_key_version'
  | 'not_authentic';

/** The inner cause of `vault.unreadable`: why a sealed value does not open. Holds no part of the value. */
export class SealFailure extends Error {
  constructor(readonly reason: SealFailureReason) {
    super(`sealed value: ${reason.replaceAll('_', ' ')}`);
    this.name = 'SealFailure';
  }
}
