import { TextField } from '#http';

/** The proof of an invitation. It travels in the body, since addresses end up in logs. */
export class AcceptInvitationDto {
  /** Token that was shown when the invitation was made: 64 hexadecimal characters. */
  @TextField({ required: true, max: 64, writeOnly: true })
  token: string;
}
