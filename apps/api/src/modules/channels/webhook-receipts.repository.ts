import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PrismaService } from '#prisma';

/** The rows of `webhook_receipts`: what a service sent, so that it is acted on once. */
@Injectable()
export class WebhookReceiptsRepository {
  constructor(private readonly prisma: PrismaService) {}

  /** Notes a body and answers its id; null when the same bytes were taken before. */
  async insertIfNew(source: string, body: Buffer, createdAt: Date): Promise<string | null> {
    const id = createHash('sha256').update(source).update('\n').update(body).digest('hex');
    const { count } = await this.prisma.client.webhookReceipt.createMany({
      data: [{ id, source, createdAt }],
      skipDuplicates: true,
    });
    return count === 1 ? id : null;
  }

  /** Forgets what is older. */
  async removeBefore(time: Date): Promise<void> {
    await this.prisma.client.webhookReceipt.deleteMany({ where: { createdAt: { lt: time } } });
  }

  /** Whether there is such a workspace, not deleted. */
  async hasWorkspace(id: string): Promise<boolean> {
    const row = await this.prisma.client.workspace.findFirst({ where: { id, deletedAt: null }, select: { id: true } });
    return row !== null;
  }
}
