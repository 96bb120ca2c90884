/** Where to go after signing out. */
export class SignedOutResponse {
  /** Path of the sign-in page. */
  url: string;
}
