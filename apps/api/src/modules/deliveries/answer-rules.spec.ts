import { describe, expect, it } from 'vitest';
import { errorTextOf, isAboutMessage, readAnswer } from './answer-rules.js';

const rpc = (result: unknown) => JSON.stringify({ jsonrpc: '2.0', id: '1', result });
const text = (value: string) => ({ kind: 'text', text: value });

describe('what an agent says went wrong', () => {
  it.each([
    ['{"error":" out of tokens "}', 'out of tokens'],
    ['{"error":{"code":1}}', null],
    ['{"error":""}', null],
    ['Bad gateway', null],
    [`{"error":"${'x'.repeat(600)}"}`, 'x'.repeat(500)],
  ])('of %s is %s', (body, expected) => {
    expect(errorTextOf(body)).toBe(expected);
  });
});

describe('the answer of an agent', () => {
  it.each([
    [
      'the first text of its parts',
      { parts: [{ kind: 'data' }, text('a'), text('b')], artifacts: [{ parts: [text('c')] }] },
      'a',
    ],
    [
      'else of its artifacts',
      { artifacts: [{ parts: [] }, { parts: [text('c')] }], status: { message: { parts: [text('d')] } } },
      'c',
    ],
    ['else of its status', { status: { state: 'completed', message: { parts: [text('d')] } } }, 'd'],
    ['nothing where there is none', { id: 'task', status: { state: 'working' } }, null],
    ['an empty text', { parts: [text('')] }, ''],
    ['nothing of wrong types', { parts: 'x', artifacts: { parts: 3 }, status: [] }, null],
    ['nothing of a bare text', 'hello', null],
  ])('is %s', (_, result, expected) => {
    expect(readAnswer(rpc(result))).toEqual({ answered: true, replyText: expected, errorCode: null });
  });

  it.each(['', '{}', 'null', '[]', 'ok', '{"result":null}', '\u0000', '{"a":'])('is none in %j', (body) => {
    expect(readAnswer(body)).toEqual({ answered: false, replyText: null, errorCode: null });
  });

  it('is an error, with its code, when it says so, whatever else it says', () => {
    const body = JSON.stringify({ error: { code: -32601, message: 'x' }, result: { parts: [text('a')] } });
    expect(readAnswer(body)).toEqual({ answered: false, replyText: null, errorCode: -32601 });
    expect(readAnswer('{"error":"x"}').errorCode).toBe(0);
  });

  it('is about the message for the three codes of a wrong request', () => {
    const codes = [-32700, -32603, -32602, -32601, -32600, -32001, 0];
    expect(codes.filter(isAboutMessage)).toEqual([-32602, -32601, -32600]);
  });
});
