import * as orders from './0001_orders';
import * as movements from './0002_movements';
import * as stock from './0003_stock';
import * as calls from './0004_calls';
import * as keys from './0005_keys';
import * as messages from './0006_messages';
import * as secrets from './0007_secrets';
import * as returns from './0008_returns';
import * as tasks from './0009_tasks';
import * as locations from './0010_stock_locations';
import * as placing from './0011_placing';
import * as finding from './0012_finding';
import * as renewals from './0013_renewals';
import * as batches from './0029_batches';
import * as capabilities from './0030_capabilities';
import * as callbacks from './0031_gateway_callbacks';
import * as credit from './0032_credit';
import * as ledger from './0033_ledger';
import * as reconciliation from './0034_reconciliation';
import * as deliveries from './0035_deliveries';
import * as partners from './0036_partners';
import * as inbox from './0037_inbox';
import * as webhooks from './0038_webhooks';
import * as views from './0040_views';
import * as users from './0039_users';
import * as messagesFound from './0041_messages_found';

/** Every migration in order, by the name under which the database remembers it; names never change. */
export const migrations = {
  '0001_orders': orders.up,
  '0002_movements': movements.up,
  '0003_stock': stock.up,
  '0004_calls': calls.up,
  '0005_keys': keys.up,
  '0006_messages': messages.up,
  '0007_secrets': secrets.up,
  '0008_returns': returns.up,
  '0009_tasks': tasks.up,
  '0010_stock_locations': locations.up,
  '0011_placing': placing.up,
  '0012_finding': finding.up,
  '0013_renewals': renewals.up,
  '0029_batches': batches.up,
  '0030_capabilities': capabilities.up,
  '0031_gateway_callbacks': callbacks.up,
  '0032_credit': credit.up,
  '0033_ledger': ledger.up,
  '0034_reconciliation': reconciliation.up,
  '0035_deliveries': deliveries.up,
  '0036_partners': partners.up,
  '0037_inbox': inbox.up,
  '0038_webhooks': webhooks.up,
  '0040_views': views.up,
  '0039_users': users.up,
  '0041_messages_found': messagesFound.up,
};
