/** What a gateway lets be done with one authorisation; it may differ by gateway and by card. */
export interface Capabilities {
  /**
   * - `many`: captured in as many parts as one likes.
   * - `once`: captured once, in part or whole; what that leaves is let go by the gateway.
   * - `whole`: captured once, and all of it.
   */
  readonly captures: 'many' | 'once' | 'whole';
  /** Whether the card can be authorised again without its holder. */
  readonly renewable: boolean;
}

/** Of an authorisation that nobody said anything about. */
export const plainCapabilities: Capabilities = { captures: 'many', renewable: false };
