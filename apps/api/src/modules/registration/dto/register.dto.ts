import { EmailField, NameField, NewPasswordField } from '../account-fields.js';

/** A new user. */
export class RegisterDto {
  /** Name of the person; their workspace is named after them. */
  @NameField()
  full_name: string;

  /** Address to sign in with. Stored in lower case, without outer spaces. */
  @EmailField()
  email: string;

  /** Password, 8 to 1024 characters. */
  @NewPasswordField()
  password: string;
}
