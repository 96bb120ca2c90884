/** A ticket for the WebSocket. */
export class WsTokenResponse {
  /**
   * Encrypted token, valid for one minute: what the first message on `/ws` carries. The API itself does not accept it. A
   * connection opened with it lasts no longer than the session or CLI token that asked for it.
   */
  token: string;
}
