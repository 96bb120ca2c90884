/** The grant that was made. */
export class AssignedResponse {
  /** Id of the grant. */
  id: string;
}
