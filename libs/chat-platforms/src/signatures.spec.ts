import { describe, expect, it } from 'vitest';
import { isGithubGenuine } from './github/github-webhook.js';
import { hmacHex, isEd25519Signature, isRecent, sameText } from './signatures.js';

describe('signatures', () => {
  it('match the example that Slack publishes', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c';
    const secret = ['8f742231b10e8888', 'abcd99yyyzzz85a5'].join('');
    expect(hmacHex(secret, 'v0:1531420618:', body)).toBe(
      'a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    );
  });

  it('match the example that GitHub publishes', () => {
    const signature = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
    const body = Buffer.from('Hello, World!');
    expect(isGithubGenuine("It's a Secret to Everybody", signature, body)).toBe(true);
    expect(isGithubGenuine("It's a Secret to Everybody", signature.toUpperCase(), body)).toBe(false);
    expect(isGithubGenuine('', signature, body)).toBe(false);
  });

  it('match a vector of Ed25519 (RFC 8032, 7.1, test 2), and nothing near it', () => {
    const key = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
    const signature =
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
    const message = Buffer.from('72', 'hex');
    expect(isEd25519Signature(key, signature, message)).toBe(true);
    const wrong: [string, string, Buffer][] = [
      [key, signature, Buffer.from('73', 'hex')],
      [key, signature.slice(2), message],
      [key, `${signature}00`, message],
      [key, 'zz'.repeat(64), message],
      [key.slice(2), signature, message],
      ['0'.repeat(64), signature, message],
      ['', '', message],
    ];
    expect(wrong.map(([hex, signed, bytes]) => isEd25519Signature(hex, signed, bytes))).toEqual(wrong.map(() => false));
  });

  it('compare texts of any length', () => {
    expect(sameText('a', 'a')).toBe(true);
    expect(['', 'b', 'aa', 'a'.repeat(100_000)].map((other) => sameText('a', other))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('hold for five minutes, before and after', () => {
    const now = new Date('2026-01-01T00:00:00Z');
    const at = (shift: number) => String(now.getTime() / 1_000 + shift);
    expect([0, 300, -300].map((shift) => isRecent(at(shift), now))).toEqual([true, true, true]);
    expect([at(301), at(-301), '', 'now', '1e9', '-1', `${at(0)} `].map((time) => isRecent(time, now))).toEqual(
      Array(7).fill(false),
    );
  });
});
