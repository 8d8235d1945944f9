/** What an order is found by in Temporal: the name of each search attribute and its type. */
export const searchAttributes = {
  ConveyorStatus: 'Keyword',
  ConveyorPayment: 'Keyword',
  ConveyorHold: 'Keyword',
  ConveyorPartner: 'KeywordList',
  ConveyorPlacedAt: 'Datetime',
} as const;
