/** A secret of the instance without its value. */
export interface InstanceSecret {
  id: string;
  name: string;
  createdAt: Date;
  updatedAt: Date;
}
