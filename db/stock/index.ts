export { listAlerts, openAlerts, type StockAlert } from './alerts';
export * from './counting';
export { stockLedger, type StockChange } from './ledger';
export * from './locations';
export {
  getStock,
  listStock,
  type LocationStock,
  type StockFilter,
  type StockRecord,
} from './records';
