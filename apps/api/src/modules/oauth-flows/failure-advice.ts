import type { LostTokens } from './oauth-flows.types.js';

/** What a failure is called on a page, and what the person can do. */
export interface FailureAdvice {
  heading: string;
  /** Paragraphs: what happened, then what to do. */
  advice: readonly string[];
  /** True where the error's own sentence would only say it again. */
  toldByAdvice: boolean;
}

const startAgain = 'Close this window and start the connection again where you began it.';

const advices: Readonly<Record<string, Omit<FailureAdvice, 'toldByAdvice'>>> = {
  'oauth.state_invalid': {
    heading: 'This link has been used or is not known',
    advice: ['Each link works once, for ten minutes.', `If nothing was connected yet: ${lower(startAgain)}`],
  },
  'oauth.state_expired': {
    heading: 'This took too long',
    advice: ['A connection must be approved within ten minutes. Nothing was connected.', startAgain],
  },
  'oauth.session_mismatch': {
    heading: 'This connection belongs to somebody else',
    advice: [
      'It was started by another person or in another browser, so nothing was connected.',
      'If you started it: sign in to Crewship in this browser as the person who did, then open this page again within ' +
        'ten minutes. Or finish it in the program that you started it in.',
      'If you did not start it, somebody sent you this link: close this window.',
    ],
  },
  'oauth.initiator_left': {
    heading: 'This connection may no longer be made',
    advice: [
      'Whoever started it may not connect accounts of the workspace any more. Nothing was connected.',
      'Ask an administrator of the workspace to connect the account, or to give you the role again.',
    ],
  },
  'oauth.credential_gone': {
    heading: 'The credential is gone',
    advice: ['It was deleted meanwhile. Create it again to connect it.'],
  },
  'oauth.credential_not_found': {
    heading: 'There is no such credential',
    advice: ['It was deleted, or you are signed in as somebody who may not connect it.'],
  },
  'oauth.cancelled': {
    heading: 'The connection was cancelled',
    advice: ['Somebody called it off while you approved it. Nothing was stored.'],
  },
};

// The sentences of these errors hold what the other side said.
const advicesWithReason: typeof advices = {
  'oauth.denied': {
    heading: 'Access was not allowed',
    advice: [
      'The provider did not give Crewship access to the account. Nothing was connected, and nothing was changed.',
      `If you pressed “Deny” by mistake: ${lower(startAgain)}`,
    ],
  },
  'oauth.parameters_missing': {
    heading: 'The provider’s answer is incomplete',
    advice: ['It was not used, and nothing was connected.', startAgain],
  },
  'oauth.exchange_failed': {
    heading: 'The provider did not hand over access',
    advice: [
      'You approved, but nothing was connected. Earlier access, if there was any, still works.',
      `${startAgain} If it happens again, check the client id and secret of the credential.`,
    ],
  },
  'oauth_server.wrong_issuer': {
    heading: 'The answer came from somebody else',
    advice: [
      'It was not sent by the server that was asked, so it was not used. Nothing was connected.',
      `${startAgain} If it happens again, tell the operator of the server.`,
    ],
  },
};

const otherwise = {
  heading: 'The account was not connected',
  advice: ['Something was not as it has to be. Nothing was stored.', startAgain],
};

/** What to tell a person about a failure, by the code of its error. */
export function adviceOf(code: string): FailureAdvice {
  if (Object.hasOwn(advices, code)) return { ...(advices[code] ?? otherwise), toldByAdvice: true };
  const withReason = Object.hasOwn(advicesWithReason, code) ? advicesWithReason[code] : undefined;
  return { ...(withReason ?? otherwise), toldByAdvice: false };
}

/** What to tell a person about tokens that were issued and not stored. */
export const adviceOfLostTokens: Readonly<Record<LostTokens, string>> = {
  revoked: 'The access that the provider had granted by then was given back to it.',
  kept: 'The provider had granted access by then; it was not given back, because earlier access could end with it.',
  not_supported:
    'The provider had granted access by then and takes none back: remove Crewship from the connected apps of your account there.',
  failed:
    'The provider had granted access by then and did not take it back: remove Crewship from the connected apps of your account there.',
};

function lower(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
