import type { Shop } from '../table';
import { carrierFaults, effectFaults, overrideFaults, providerFaults } from './effects';
import { cancelFaults, eventFaults, paymentFaults } from './events';
import {
  automaticFaults,
  cascadeFaults,
  nameFaults,
  pipelineFaults,
  stockFaults,
  unattendedFaults,
} from './pipelines';
import { partnersFaults } from './partners';
import { waitingFaults } from './money';
import { messageFaults, numberFaults, voucherFaults } from './words';

/** What is unsound about a shop's table, in sentences; a sound one has none. */
export function faults(shop: Shop): string[] {
  const { orders, lines } = shop;
  return [
    ...pipelineFaults({ what: 'order status', ...orders }),
    ...pipelineFaults({ what: 'line status', ...lines }),
    ...nameFaults('shipping event', Object.keys(shop.shippingEvents)),
    ...nameFaults('payment event', Object.keys(shop.paymentEvents)),
    ...automaticFaults(shop),
    ...cascadeFaults(shop),
    ...eventFaults(shop),
    ...paymentFaults(shop),
    ...cancelFaults(shop),
    ...unattendedFaults(shop),
    ...stockFaults(shop),
    ...messageFaults(shop),
    ...effectFaults(shop),
    ...providerFaults(shop),
    ...carrierFaults(shop),
    ...overrideFaults(shop),
    ...partnersFaults(shop),
    ...waitingFaults(shop),
    ...numberFaults(shop),
    ...voucherFaults(shop),
  ];
}
