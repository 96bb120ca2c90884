import { TextField } from '#http';
import { ListRegistryQuery } from './list-registry.query.js';

/** What to look for in the registry. */
export class SearchRegistryQuery extends ListRegistryQuery {
  /** Part of the name, display name, category or description, in any case. Blank: everything, as the list. */
  @TextField({ max: 255, example: 'github' })
  q?: string;
}
