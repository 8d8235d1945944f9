import type { Duration } from '../duration';

/** What a shop does about authorisations that are about to end. */
export interface AuthorisationsRule {
  /**
   * How long before its end an authorisation that is still needed is made again under a new key, and the
   * old one voided; where its gateway cannot do that, people are warned. Of one that lives shorter than
   * twice as long, half of its life.
   */
  readonly renewBefore: Duration;
}
