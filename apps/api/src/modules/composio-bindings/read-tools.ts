import type { Tool } from '#composio';

const reading = new Set(
  'GET LIST FETCH SEARCH READ FIND DOWNLOAD EXPORT RETRIEVE COUNT CHECK VIEW GETPROFILE'.split(' '),
);

// The second and third line go beyond the words that clients know: each of them changes something as well.
const writing = new Set(
  `CREATE UPDATE DELETE INSERT PATCH PUT POST SEND ADD REMOVE MODIFY SET MOVE TRASH CLEAR IMPORT WRITE REPLY FORWARD ENABLE
  DISABLE REVOKE MARK ARCHIVE UNARCHIVE ASSIGN RENAME DUPLICATE COPY UPLOAD BATCH DRAFT REPLACE MERGE CANCEL DECLINE ACCEPT
  APPROVE SUBMIT UNTRASH RESTORE STOP START RUN EXECUTE TRIGGER PUBLISH UNPUBLISH LOCK UNLOCK
  SUBSCRIBE UNSUBSCRIBE INVITE SHARE UNSHARE SYNC PAY REFUND CHARGE TRANSFER CLOSE REOPEN RESET BLOCK UNBLOCK MUTE UNMUTE
  FOLLOW UNFOLLOW JOIN LEAVE GRANT KICK BAN UNBAN PIN UNPIN STAR UNSTAR UPSERT EDIT APPEND DEPLOY ROLLBACK REBASE COMMIT
  PUSH PURGE DROP ERASE DETACH ATTACH LINK UNLINK CONVERT SCHEDULE RESCHEDULE SNOOZE COMPLETE TRANSITION VOTE REACT`.split(
    /\s+/,
  ),
);

/**
 * Whether a tool only reads. What Composio says of it counts; where it says nothing the words of its slug do, after the
 * app's own: one that writes is a veto, one that reads is needed. A word that is not known decides nothing.
 */
export function isReadTool({ slug, readOnly }: Pick<Tool, 'slug' | 'readOnly'>): boolean {
  if (readOnly !== null) return readOnly;
  const upper = slug.toUpperCase();
  const words = upper.slice(upper.indexOf('_') + 1).split('_');
  return !words.some((word) => writing.has(word)) && words.some((word) => reading.has(word));
}
