import { Injectable } from '@nestjs/common';
import { type Prisma, PrismaService } from '#prisma';
import type { NewUser, User } from './users.types.js';

const columns = {
  id: true,
  email: true,
  fullName: true,
  avatarUrl: true,
  instanceAdmin: true,
} satisfies Prisma.UserSelect;

/** The rows of `users`. */
@Injectable()
export class UsersRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** One person. */
  findById(id: string): Promise<User | null> {
    return this.prisma.client.user.findUnique({ where: { id }, select: columns });
  }

  /** One person by normalised address. */
  findByEmail(email: string): Promise<User | null> {
    return this.prisma.client.user.findUnique({ where: { email }, select: columns });
  }

  /** Whether the instance has any user. */
  async existsAny(): Promise<boolean> {
    return (await this.prisma.client.user.findFirst({ select: { id: true } })) !== null;
  }

  /** Keeps everybody else from adding users until the transaction ends. */
  async lockAgainstInserts(): Promise<void> {
    await this.prisma.client.$executeRaw`LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE`;
  }

  /** Adds a person. False, and nothing written, when the address is taken. */
  async insert(user: NewUser): Promise<boolean> {
    const { count } = await this.prisma.client.user.createMany({
      data: { ...user, updatedAt: user.createdAt },
      skipDuplicates: true,
    });
    return count > 0;
  }
}
