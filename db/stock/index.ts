export { unitsHeld } from './allocations';
export { listAlerts, openAlerts } from './alerts';
export * from './counting';
export { stockLedger } from './ledger';
export * from './locations';
export { getStock, listStock } from './records';
