import { createGateways, type GatewaySettings } from '../../activities/gateways';
import type { CardGateway } from '../../activities/gateways/port';

/** Who reads what the gateways of this installation tell of their own accord, by their names. */
export type CallbackReaders = Readonly<Record<string, Pick<CardGateway, 'readCallback'>>>;

export function createReaders(settings: GatewaySettings): CallbackReaders {
  return createGateways(settings);
}
