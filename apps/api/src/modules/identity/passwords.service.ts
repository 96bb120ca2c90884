import { Injectable, type OnModuleInit } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { Random, type Secret } from '#kernel';

// OWASP's second recommended setting for argon2id: 19 MiB, two passes, one lane.
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Hashes and checks passwords with argon2id. */
@Injectable()
export class PasswordsService implements OnModuleInit {
  #nobodys = '';

  constructor(private readonly random: Random) {}

  async onModuleInit(): Promise<void> {
    this.#nobodys = await hash(this.random.bytes(32), cost);
  }

  /** The hash to store, in PHC form with its own salt. */
  hash(password: Secret): Promise<string> {
    return hash(password.reveal(), cost);
  }

  /** Whether the password is right. Without a stored hash it costs the same and is false. */
  async matches(storedHash: string | null, password: Secret): Promise<boolean> {
    const right = await verify(storedHash ?? this.#nobodys, password.reveal());
    return right && storedHash !== null;
  }
}
