/**
 * What became of something that left the order through the outbox. A report is told at least once
 * under the id of its outbox row, and takes effect once; none has a field `key`, which is an answer's.
 */
export type Report = {
  readonly type: 'message.failed';
  /** The message's id. */
  readonly message: string;
  readonly kind: string;
  readonly why: string;
};
