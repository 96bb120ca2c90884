import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SeededMember } from '#testing';
import { ChannelsApp } from './channels-app.fixture.js';
import { slackMessage, telegramMessage } from './inbound-messages.fixture.js';

describe('row 40: webhooks of GitHub', () => {
  let app: ChannelsApp;
  let owner: SeededMember;

  beforeAll(async () => {
    app = await ChannelsApp.start();
    owner = await app.test.seed.workspace();
  });
  afterAll(() => app.close());

  let number = 0;
  const commented = (more: object = {}) => {
    number += 1;
    return {
      action: 'created',
      comment: { body: `please look ${number}`, html_url: 'https://github.com/a/b/issues/1' },
      issue: { number, title: 'Broken' },
      repository: { full_name: 'a/b' },
      sender: { login: 'ada' },
      ...more,
    };
  };

  it('hands comments and failed runs to the workspace of the path or of the payload, each once', async () => {
    const path = `github/${owner.workspaceId}`;
    const comment = commented();
    const first = await app.github('issue_comment', comment, path);
    expect(first).toMatchObject({
      status: 200,
      body: { status: 'accepted', delivery_id: expect.stringMatching(/^dlv_/) },
    });
    expect(await app.github('issue_comment', comment, path)).toMatchObject({
      status: 202,
      body: { status: 'ignored' },
    });
    expect(
      (await app.github('pull_request_review_comment', commented({ workspace_id: owner.workspaceId }))).status,
    ).toBe(200);
    const run = {
      name: 'CI',
      conclusion: 'failure',
      head_branch: 'main',
      html_url: 'https://github.com/a/b/actions/1',
    };
    expect((await app.github('workflow_run', { action: 'completed', workflow_run: run }, path)).status).toBe(200);
    const texts = (await app.delivered(owner.workspaceId)).map(({ params }) => params.message.parts[0]?.text);
    expect(texts).toEqual([
      expect.stringContaining('please look 1'),
      expect.stringContaining('please look 2'),
      expect.stringContaining('ended with failure on main'),
    ]);
  });

  it('sets off the enabled schedules that an opened issue or a review is about, by their names', async () => {
    const now = app.test.clock.now();
    const nextRunAt = new Date(now.getTime() + 86_400_000);
    const row = {
      workspaceId: owner.workspaceId,
      cronExpr: '0 3 * * *',
      prompt: 'x',
      nextRunAt,
      createdAt: now,
      updatedAt: now,
    };
    await app.test.prisma.client.schedule.createMany({
      data: [
        { ...row, id: 'picks', name: 'Pick-Up-Work hourly' },
        { ...row, id: 'reviews', name: 'nightly PR review' },
        { ...row, id: 'asleep', name: 'pick-up-work too', enabled: false },
      ],
    });
    const path = `github/${owner.workspaceId}`;
    const opened = { action: 'opened', issue: { number: 1, title: 'x' } };
    expect(await app.github('issues', opened, path)).toMatchObject({
      status: 200,
      body: { status: 'triggered', event: 'issues', action: 'opened', schedules_affected: 1 },
    });
    expect((await app.github('issues', opened, path)).body).toMatchObject({ status: 'ignored' });
    const review = await app.github('pull_request_review', { action: 'submitted' }, path);
    expect(review.body).toMatchObject({ status: 'triggered', schedules_affected: 1 });
    const due = await app.test.prisma.client.schedule.findMany({
      where: { nextRunAt: { lte: app.test.clock.now() } },
      orderBy: { id: 'asc' },
    });
    expect(due.map(({ id }) => id)).toEqual(['picks', 'reviews']);
  });

  it.each([
    ['ping', {}, 'unsupported event type'],
    ['issue_comment', { action: 'deleted' }, 'unsupported action'],
    ['workflow_run', { action: 'completed', workflow_run: { conclusion: 'success' } }, 'nothing to act on'],
  ])('answers 202 to %s that nobody has to act on', async (event, payload, reason) => {
    expect(await app.github(event, payload)).toMatchObject({ status: 202, body: { status: 'ignored', reason } });
  });

  it('row 40: refuses what GitHub did not sign, and says what is missing where it did', async () => {
    const answers = [
      await app.github('issue_comment', commented(), 'github', 'another-secret'),
      await app.post('github', JSON.stringify(commented())),
      await app.post('github', JSON.stringify(commented()), { 'x-hub-signature-256': 'sha256=ab' }),
    ];
    for (const answer of answers)
      expect(answer).toMatchObject({ status: 401, body: { detail: 'invalid webhook signature' } });
    expect(await app.github('issue_comment', commented())).toMatchObject({
      status: 400,
      body: { detail: 'missing workspace id' },
    });
    expect(await app.github('issue_comment', commented(), 'github/nobody')).toMatchObject({
      status: 404,
      body: { detail: 'workspace not found' },
    });
  });

  it('answers 503 where no secret is configured', async () => {
    const bare = await ChannelsApp.start({ GITHUB_WEBHOOK_SECRET: '' });
    expect(await bare.github('ping', {})).toMatchObject({
      status: 503,
      body: { detail: 'github webhook secret is not configured' },
    });
    await bare.close();
  });

  it('takes nothing for a deleted workspace', async () => {
    await app.test.prisma.client.channel.deleteMany();
    const gone = await app.test.seed.workspace();
    const { workspaceId } = gone;
    await app.channel(gone, 'telegram');
    const slack = await app.channel(gone, 'slack');
    await app.test.prisma.client.workspace.update({
      where: { id: workspaceId },
      data: { deletedAt: app.test.clock.now() },
    });
    const answers = [
      await app.telegram(telegramMessage('hello')),
      await app.slack(slackMessage('hello')),
      await app.slack(slackMessage('hello'), { query: `?channel=${slack}` }),
      await app.github('issue_comment', commented(), `github/${workspaceId}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 404]);
    expect(await app.delivered(workspaceId)).toEqual([]);
  });
});
