// Every export of this file is registered as a workflow: it exports nothing else.
export { batch } from './batches/batch';
export { delivery } from './delivery';
export { fulfilment } from './fulfilment/fulfilment';
export { order } from './order';
export { pickUp } from './feeds/pick-up';
export { reconciliation } from './reconciling/reconciliation';
