/** A ticket for the WebSocket. */
export class WsTokenResponse {
  /** Encrypted token, valid for 15 minutes. The API itself does not accept it. */
  token: string;
}
