import { BodySentence, TextField } from '#http';
import { decisionWords } from '../approval-rules.js';

/** What was decided. */
@BodySentence('invalid request body')
export class DecideApprovalDto {
  /** `approved` or `denied`. `approve`, and `reject`, `rejected` and `deny`, mean the same. */
  @TextField({
    required: true,
    max: 32,
    message: 'invalid request body',
    pattern: new RegExp(`^(${decisionWords.join('|')})$`),
    patternMessage: "decision must be 'approved' or 'denied'",
    tooLong: "decision must be 'approved' or 'denied'",
    example: 'approved',
  })
  decision: string;

  /** Name of who decided; `human` unless given. */
  @TextField({ max: 255, nullable: true, example: 'ada' })
  decided_by?: string | null;
}
