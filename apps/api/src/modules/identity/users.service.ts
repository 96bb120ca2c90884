import { Injectable } from '@nestjs/common';
import { UsersRepository } from './users.repository.js';
import { type NewUser, normaliseEmail, type User } from './users.types.js';

/** The people of the instance, for features that name them. */
@Injectable()
export class UsersService {
  constructor(private readonly repository: UsersRepository) {}

  /** One person, or null. */
  findById(id: string): Promise<User | null> {
    return this.repository.findById(id);
  }

  /** One person by address in any spelling, or null. */
  findByEmail(email: string): Promise<User | null> {
    return this.repository.findByEmail(normaliseEmail(email));
  }

  /** Whether the instance has any user. */
  existsAny(): Promise<boolean> {
    return this.repository.existsAny();
  }

  /** Inside a transaction: nobody adds a user before it ends, so what {@link existsAny} says stays true. */
  lockAgainstInserts(): Promise<void> {
    return this.repository.lockAgainstInserts();
  }

  /** Adds a person. False, and nothing written, when the address is taken. */
  add(user: NewUser): Promise<boolean> {
    return this.repository.insert({ ...user, email: normaliseEmail(user.email) });
  }
}
