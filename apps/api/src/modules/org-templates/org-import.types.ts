import type { OrgImportResponse } from './dto/org-import.response.js';

/** What an import answers, as it is kept under its key. */
export type OrgImportAnswer = Omit<OrgImportResponse, 'repeated'>;
