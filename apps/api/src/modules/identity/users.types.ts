/** A person, without what proves them. */
export interface User {
  id: string;
  /** Trimmed and in lower case. */
  email: string;
  fullName: string | null;
  avatarUrl: string | null;
  instanceAdmin: boolean;
}

/** What a new person is made of. */
export interface NewUser {
  id: string;
  email: string;
  fullName: string;
  /** Argon2id in PHC form. */
  passwordHash: string;
  instanceAdmin: boolean;
  createdAt: Date;
}

/** An address as it is stored and compared: without outer spaces, in lower case. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}
