import { createGateways, type Gateways, type GatewaySettings } from '../../activities/gateways';

/** Who reads what the gateways of this installation tell of their own accord, by their names. */
export type CallbackReaders = {
  readonly [Name in string]: Pick<Gateways[Name], 'readCallback'>;
};

export function createReaders(settings: GatewaySettings): CallbackReaders {
  return createGateways(settings);
}
