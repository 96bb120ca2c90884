import type { Egress, OutboundHeaders } from '#egress';

/** The transports that a server may be stored with; `http` is another word for `streamable-http`. */
export type ProbeTransport = ProbeTarget['transport'];

/** A server to test, with everything a caller of it would send already rendered. */
export type ProbeTarget =
  | {
      transport: 'stdio';
      command: string | null;
      /** The stored JSON text; null and blank mean no arguments. */
      argsJson: string | null;
    }
  | {
      transport: 'streamable-http' | 'http' | 'sse';
      /** Null and blank mean that none is configured. */
      endpoint: string | null;
      /** Sent with every request, to the endpoint's own origin only. */
      headers: OutboundHeaders;
    };

/** What the test needs besides the target. */
export interface ProbeDeps {
  egress: Egress;
  /** Time for the whole test, the end of the session included. 10 s unless said otherwise. */
  deadlineMs?: number;
}

/** Who the server says it is. Its own words, cleaned and shortened. */
export interface ServerInfo {
  name: string;
  version: string;
  title?: string;
}

/** One offered tool. */
export interface ListedTool {
  /** 1 to 128 characters, none of them invisible; unique within the list. */
  name: string;
  /** At most 1,000 characters, line breaks kept; null when the server gives none. */
  description: string | null;
  /** Name for people, one line of at most 200 characters; null when the server gives none. */
  title: string | null;
  /** SHA-256 (hex) of the schema of its input, whatever the order of its members; null when it has none that can be read. */
  schemaHash: string | null;
}

/** What the test found, in the words of the wire. Optional members are absent when they are not known. */
export interface ProbeResult {
  status: 'ok' | 'error' | 'auth_required';
  /** A sentence that a person can act on. */
  message: string;
  /** Whether the message holds words of the server, cleaned and shortened. Absent when it does not. */
  quotes_server?: true;
  server_info?: ServerInfo;
  /** The MCP revision agreed on, such as `2025-11-25`. */
  protocol_version?: string;
  /** How many tools `tools` has. */
  tools_count?: number;
  tools?: ListedTool[];
  /** How many offered tools were left out: twice the same name, or a name nobody could use. Absent when none. */
  tools_rejected?: number;
  /** Milliseconds from the start of the test to its verdict. 0 for stdio, which is not started. */
  latency_ms: number;
}
