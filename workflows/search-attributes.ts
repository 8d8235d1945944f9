import { defineSearchAttributeKey, type SearchAttributePair } from '@temporalio/common';
import { workflowInfo } from '@temporalio/workflow';
import type { Attributes } from '../machines/views/attributes';

/** What an order is found by in Temporal: the name of each search attribute and its type. */
export const searchAttributes = {
  ConveyorStatus: 'Keyword',
  ConveyorPayment: 'Keyword',
  ConveyorHold: 'Keyword',
  ConveyorPartner: 'KeywordList',
  ConveyorPlacedAt: 'Datetime',
} as const;

const status = defineSearchAttributeKey('ConveyorStatus', 'KEYWORD');
const payment = defineSearchAttributeKey('ConveyorPayment', 'KEYWORD');
const hold = defineSearchAttributeKey('ConveyorHold', 'KEYWORD');
const partner = defineSearchAttributeKey('ConveyorPartner', 'KEYWORD_LIST');
const placedAt = defineSearchAttributeKey('ConveyorPlacedAt', 'DATETIME');

/** An order's search attributes as Temporal takes them, at its start or later. */
export function attributePairs(attributes: Attributes): SearchAttributePair[] {
  return [
    { key: status, value: attributes.status },
    { key: payment, value: attributes.payment },
    { key: hold, value: attributes.hold },
    { key: placedAt, value: new Date(attributes.placedAt) },
    // Temporal keeps no empty list, so setting one would look like a change for ever.
    ...(attributes.partners.length > 0 ? [{ key: partner, value: [...attributes.partners] }] : []),
  ];
}

/**
 * The search attributes that no longer say what is so; each upsert is an event of the history. When an
 * order was placed never changes: it stays as whoever started the workflow had it.
 */
export function changedAttributes(attributes: Attributes | undefined): SearchAttributePair[] {
  if (!attributes) return [];
  const present = workflowInfo().typedSearchAttributes;
  return attributePairs(attributes).filter(({ key, value }) => {
    const now = present.get(key);
    if (key === placedAt && now) return false;
    return JSON.stringify(now ?? null) !== JSON.stringify(value);
  });
}
