/** How a filter is asked for: by words of the shop, yes or no, a text, any of several texts, a day. */
export interface Axis {
  readonly name: string;
  readonly label: string;
  readonly kind: 'words' | 'yes-no' | 'text' | 'texts' | 'day' | 'amount';
}

/** Everything that the list of orders can be asked, as `GET /v1/orders` names it. */
export const axes = [
  { name: 'status', label: 'Status', kind: 'words' },
  { name: 'payment', label: 'Payment', kind: 'words' },
  { name: 'shipping', label: 'Shipping', kind: 'words' },
  { name: 'attention', label: 'Needs attention because', kind: 'words' },
  { name: 'needsAttention', label: 'Needs attention', kind: 'yes-no' },
  { name: 'hold', label: 'On hold', kind: 'yes-no' },
  { name: 'openReturns', label: 'Open returns', kind: 'yes-no' },
  { name: 'customer', label: 'Customer', kind: 'text' },
  { name: 'number', label: 'Number begins with', kind: 'text' },
  { name: 'title', label: 'Title of a line', kind: 'text' },
  { name: 'sku', label: 'SKU', kind: 'texts' },
  { name: 'upc', label: 'UPC', kind: 'texts' },
  { name: 'partner', label: 'Partner', kind: 'texts' },
  { name: 'voucher', label: 'Voucher', kind: 'texts' },
  { name: 'method', label: 'Payment method', kind: 'texts' },
  { name: 'gateway', label: 'Gateway', kind: 'texts' },
  { name: 'source', label: 'Placed at', kind: 'texts' },
  { name: 'currency', label: 'Currency', kind: 'texts' },
  { name: 'totalFrom', label: 'Total from', kind: 'amount' },
  { name: 'totalTo', label: 'Total below', kind: 'amount' },
  { name: 'placedFrom', label: 'Placed from', kind: 'day' },
  { name: 'placedTo', label: 'Placed before', kind: 'day' },
  { name: 'updatedFrom', label: 'Changed from', kind: 'day' },
  { name: 'updatedTo', label: 'Changed before', kind: 'day' },
] as const satisfies readonly Axis[];
