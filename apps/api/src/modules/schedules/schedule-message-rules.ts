import type { RunRequest, Schedule } from './schedules.types.js';

const mostPromptBytes = 200;

/** What the history keeps of a prompt that was sent. */
export function sentRequest(schedule: Pick<Schedule, 'id' | 'name' | 'cronExpr' | 'prompt'>): RunRequest {
  return { ...named(schedule), prompt: cutToBytes(schedule.prompt, mostPromptBytes) };
}

/** What the history keeps of a run that was left out because the agent was busy. */
export function skippedRequest(schedule: Pick<Schedule, 'id' | 'name' | 'cronExpr'>, activeTasks: number): RunRequest {
  return { ...named(schedule), skipped: true, active_tasks: activeTasks };
}

/** Id of the message of a run: `cron-<8 of the schedule's id>-<8 random>`. */
export function messageIdOf(scheduleId: string, random: string): string {
  return `cron-${scheduleId.slice(0, 8)}-${random}`;
}

/** The prompt behind what was said in the workspace's channel lately, where there is such. */
export function textOf(prompt: string, context: string | undefined): string {
  return context ? `${context}\n\n${prompt}` : prompt;
}

function named({ id, name, cronExpr }: Pick<Schedule, 'id' | 'name' | 'cronExpr'>) {
  return { schedule_id: id, schedule_name: name, cron_expr: cronExpr };
}

// Cut between characters, never inside one.
function cutToBytes(text: string, mostBytes: number): string {
  if (Buffer.byteLength(text) <= mostBytes) return text;
  let cut = '';
  let bytes = 3;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > mostBytes) break;
    cut += character;
  }
  return `${cut}...`;
}
