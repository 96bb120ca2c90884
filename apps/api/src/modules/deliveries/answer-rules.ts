import { z } from 'zod';

const part = z.object({ text: z.string().optional() }).catch({});
const parts = z.array(part).catch([]);
const result = z
  .object({
    parts,
    artifacts: z.array(z.object({ parts }).catch({ parts: [] })).catch([]),
    status: z
      .object({ message: z.object({ parts }) })
      .nullable()
      .catch(null),
  })
  .catch({ parts: [], artifacts: [], status: null });
const rpcError = z.object({ code: z.number().int().catch(0) });
const answer = z.object({ result: z.unknown().optional(), error: z.unknown().optional() });

const failure = z.object({ error: z.string().trim().min(1) });
const longestError = 500;

/** What the body of an agent's answer says. */
export interface Answer {
  /** It holds a JSON-RPC `result`: the agent is done. */
  answered: boolean;
  /** The text of the agent, where there is one. */
  replyText: string | null;
  /** Code of its JSON-RPC `error`; null without one. */
  errorCode: number | null;
}

const nothing: Answer = { answered: false, replyText: null, errorCode: null };

/** Reads a body as JSON-RPC; whatever else it is says nothing. */
export function readAnswer(body: string): Answer {
  const read = answer.safeParse(parse(body));
  if (!read.success) return nothing;
  const { error, result: given } = read.data;
  if (error !== undefined && error !== null) {
    const { data } = rpcError.safeParse(error);
    return { ...nothing, errorCode: data?.code ?? 0 };
  }
  if (given === undefined || given === null) return nothing;
  return { answered: true, replyText: textOf(given), errorCode: null };
}

/** What the agent itself says went wrong: the text `error` of its answer, shortened; null where it says nothing of that kind. */
export function errorTextOf(body: string): string | null {
  const { data } = failure.safeParse(parse(body));
  return data ? data.error.replaceAll('\u0000', '').slice(0, longestError) : null;
}

/** Whether a JSON-RPC error is about the message itself, so that the same message never passes. */
export function isAboutMessage(errorCode: number): boolean {
  return errorCode >= -32602 && errorCode <= -32600;
}

// The first of a message's parts, else of its artifacts', else of what its status says.
function textOf(given: unknown): string | null {
  const read = result.parse(given);
  const groups = [read.parts, ...read.artifacts.map((artifact) => artifact.parts), read.status?.message.parts ?? []];
  for (const { text } of groups.flat()) if (text !== undefined) return text;
  return null;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
