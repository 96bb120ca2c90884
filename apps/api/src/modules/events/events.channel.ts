/** The PostgreSQL channel on which processes tell each other that a workspace has new events. */
export const eventChannel = 'crewship_events';
