/**
 * Why an expression is refused. `syntax`: it is not of the dialect; `zone`: the time zone is unknown; `never`: no date
 * matches, or none within five years.
 */
export type CronFaultReason = 'syntax' | 'zone' | 'never';

/** An expression or a time zone that is refused. The message is a sentence for people and repeats nothing that was given. */
export class CronFault extends Error {
  constructor(
    readonly reason: CronFaultReason,
    /** Which of both it is about. A zone in front of the expression belongs to the expression. */
    readonly part: 'expression' | 'timezone',
    message: string,
  ) {
    super(message);
    this.name = 'CronFault';
  }
}
