import type { TestApp } from '#testing';
import { changingServer, consoleTeam, Listeners, type OfferedTool } from './console.fixture.js';

type Team = Awaited<ReturnType<typeof consoleTeam>>;

/** Servers of a console team whose tools a test changes, and what the console makes of them. */
export class Discoveries {
  readonly listeners = new Listeners();
  #team: Team | null = null;

  constructor(private readonly test: TestApp) {}

  /** The team that was made last. */
  get team(): Team {
    if (!this.#team) throw new Error('no team was made yet');
    return this.#team;
  }

  /** Makes a team of its own for a test. */
  async newTeam(): Promise<void> {
    this.#team = await consoleTeam(this.test);
  }

  /** A server of a new team that offers these tools, and what is in the map later; its id. */
  async serving(tools: Map<string, OfferedTool>): Promise<string> {
    await this.newTeam();
    const { url } = await this.listeners.listen(changingServer(tools));
    return this.team.program.make({ name: 'Changing', server_url: url });
  }

  async discover(id: string) {
    return (await this.team.program.on(id, 'POST', '/discover')).body.data;
  }

  async toolsOf(id: string) {
    return (await this.team.program.on(id, 'GET', '/tools')).list;
  }

  async enabledOf(id: string) {
    const tools = await this.toolsOf(id);
    return Object.fromEntries(tools.map(({ action_name, is_enabled }) => [action_name, is_enabled]));
  }
}
