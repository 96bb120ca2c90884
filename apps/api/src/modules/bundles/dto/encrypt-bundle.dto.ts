import { FlagField, TextField } from '#http';

/** How a bundle is to be encrypted: with a passphrase or for a recipient, one of the two. */
export class EncryptBundleDto {
  /** Passphrase of at least 12 characters, as `age -p` takes it. */
  @TextField({ min: 12, max: 1024, writeOnly: true, format: 'password', example: 'correct horse battery staple' })
  passphrase?: string;

  /** Recipient of age: `age1…`. */
  @TextField({
    max: 4096,
    pattern: /^age1[0-9a-z]+$/,
    message: 'recipient must be an age recipient (age1…)',
    example: 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
  })
  recipient?: string;

  /** Whether the secrets of credentials, servers, agents and channels go into the file. OAuth tokens never do. */
  @FlagField({ default: false })
  include_secrets?: boolean;
}
