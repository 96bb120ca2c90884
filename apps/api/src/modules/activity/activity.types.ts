/** The kinds of entries. */
export const activityTypes = ['assignment', 'peer_conversation', 'escalation'] as const;

/** The kind of an entry. */
export type ActivityType = (typeof activityTypes)[number];

/** One entry of the cross-crew feed, with the names as they were. */
export interface ActivityEntry {
  id: string;
  type: ActivityType;
  status: string;
  summary: string;
  detail: string | null;
  fromName: string;
  fromSlug: string;
  toName: string | null;
  toSlug: string | null;
  crewName: string;
  crewSlug: string;
  crewColor: string | null;
  createdAt: Date;
}
