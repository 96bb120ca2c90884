import { Injectable } from '@nestjs/common';
import { type GithubDelivery, isGithubGenuine, readGithubDelivery } from '#chat-platforms';
import { AppConfig } from '#config';
import { type JsonObject, raise, unreachable } from '#kernel';
import { DeliveriesService } from '../deliveries/deliveries.service.js';
import { ScheduleTriggersService } from '../schedules/schedule-triggers.service.js';
import { ChannelPorts } from './channel-ports.service.js';
import { webhookErrors } from './channels.errors.js';
import type { GithubReceiptResponse } from './dto/github-receipt.response.js';
import { storable } from './inbound-rules.js';
import type { RawRequest } from './raw-request.decorator.js';
import { WebhookReceiptsRepository } from './webhook-receipts.repository.js';

const receiptsKeptMs = 7 * 24 * 3_600_000;

/** Events of GitHub for a workspace's lead agent and its schedules. */
@Injectable()
export class GithubWebhooksService {
  constructor(
    private readonly config: AppConfig,
    private readonly deliveries: DeliveriesService,
    private readonly receipts: WebhookReceiptsRepository,
    private readonly triggers: ScheduleTriggersService,
    private readonly ports: ChannelPorts,
  ) {}

  /**
   * Takes one delivery for the workspace of the path, else of the payload.
   * @throws AppError `webhook.github_not_configured`, `webhook.github_not_genuine`, `webhook.unreadable`,
   * `webhook.missing_workspace`, `webhook.workspace_not_found`.
   */
  async receive({ headers, body }: RawRequest, workspaceInPath: string | null): Promise<GithubReceiptResponse> {
    const secret = this.config.channels.githubWebhookSecret ?? raise(webhookErrors.githubNotConfigured());
    if (!isGithubGenuine(secret.reveal(), headers['x-hub-signature-256'], body)) throw webhookErrors.githubNotGenuine();
    const delivery = readGithubDelivery(headers['x-github-event'] ?? '', body);
    switch (delivery.kind) {
      case 'unreadable':
        throw webhookErrors.unreadable();
      case 'ignored':
        return { status: 'ignored', reason: delivery.reason };
      case 'trigger':
        return this.#trigger(workspaceInPath ?? delivery.workspaceId ?? '', delivery, body);
      case 'message':
        return this.#passOn(workspaceInPath ?? delivery.workspaceId ?? '', delivery, body);
      default:
        return unreachable(delivery);
    }
  }

  async #trigger(
    workspaceId: string,
    { event, action, phrases }: Extract<GithubDelivery, { kind: 'trigger' }>,
    body: Buffer,
  ): Promise<GithubReceiptResponse> {
    return this.#once(workspaceId, body, async () => {
      const fits = (name: string): boolean => phrases.some((phrase) => name.toLowerCase().includes(phrase));
      const schedules_affected = await this.triggers.triggerByName({ workspaceId }, fits);
      return { status: 'triggered', event, action, schedules_affected };
    });
  }

  async #passOn(
    workspaceId: string,
    { text, metadata }: Extract<GithubDelivery, { kind: 'message' }>,
    body: Buffer,
  ): Promise<GithubReceiptResponse> {
    return this.#once(workspaceId, body, async (receipt, at) => {
      const { deliveryId } = await this.deliveries.sendMessage(
        { workspaceId },
        {
          agentId: null,
          messageId: `github-${receipt.slice(0, 32)}`,
          text: storable(text),
          metadata: JSON.parse(storable(JSON.stringify(metadata))) as JsonObject,
          origin: { kind: 'webhook', id: receipt },
          triggeredBy: null,
          at,
        },
      );
      return { status: 'accepted', delivery_id: deliveryId };
    });
  }

  // The name of a delivery is in a header, which nobody signed: the bytes are what cannot be sent twice.
  #once(
    workspaceId: string,
    body: Buffer,
    work: (receipt: string, at: Date) => Promise<GithubReceiptResponse>,
  ): Promise<GithubReceiptResponse> {
    if (workspaceId === '') throw webhookErrors.missingWorkspace();
    const at = this.ports.clock.now();
    return this.ports.transactions.run(async () => {
      if (!(await this.receipts.hasWorkspace(workspaceId))) throw webhookErrors.workspaceNotFound();
      const receipt = await this.receipts.insertIfNew('github', body, at);
      if (receipt === null) return { status: 'ignored', reason: 'taken before' };
      await this.receipts.removeBefore(new Date(at.getTime() - receiptsKeptMs));
      return work(receipt, at);
    });
  }
}
