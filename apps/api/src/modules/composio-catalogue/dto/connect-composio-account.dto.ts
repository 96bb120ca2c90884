import { TextField } from '#http';

const bothRequired = 'toolkit and user_id are required';

/** An account to connect. */
export class ConnectComposioAccountDto {
  /** Slug of the app, in any case. */
  @TextField({
    required: true,
    max: 100,
    pattern: /^\s*[\w.-]*\s*$/,
    requiredMessage: bothRequired,
    example: 'gmail',
  })
  toolkit: string;

  /** Composio user to connect the account under. */
  @TextField({ required: true, max: 255, requiredMessage: bothRequired, example: 'user-42' })
  user_id: string;

  /** Where Composio sends the person after the consent: https, or http on a loopback host. Composio's own page unless given. */
  @TextField({
    max: 2048,
    nullable: true,
    pattern: /^(https:\/\/[^\s/]|http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/|$))\S*$|^$/i,
    patternMessage: 'callback_url must be an https URL, or http on a loopback host',
    format: 'uri',
    example: 'https://app.example.com/connected',
  })
  callback_url?: string | null;
}
