/** What became of one attempt to send. */
export interface Sent {
  /** The other end's server has taken it. */
  readonly isAccepted: boolean;
  /** In the other end's own words, in short. */
  readonly detail: string;
}
