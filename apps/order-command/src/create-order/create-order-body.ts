import { isCurrency, parseMoney } from '@orderline/money';
import { z } from 'zod';
import { addressField, idField, itemField, notesField } from '../http/request-fields.ts';

const shape = z.strictObject({
  customerId: idField,
  restaurantId: idField,
  currency: z.string().refine(isCurrency, 'must be a currency code of ISO 4217').meta({ pattern: '^[A-Z]{3}$' }),
  items: z.array(itemField).min(1).max(100),
  deliveryAddress: addressField.nullish(),
  notes: notesField.nullish(),
});

type Unchecked = { currency?: unknown; items?: unknown };

/** What depends on several fields is checked even where others are wrong, so that all faults are named at once. */
export const createOrderBody = shape
  .superRefine(
    (body: Unchecked | null, context) => {
      const items: unknown[] = Array.isArray(body?.items) ? body.items : [];
      const skus = new Set<unknown>();
      for (const [index, item] of items.entries()) {
        const { sku, unitPrice } = (item ?? {}) as { sku?: unknown; unitPrice?: unknown };
        const priceFault = amountFault(unitPrice, body?.currency);
        if (priceFault) context.addIssue({ code: 'custom', path: ['items', index, 'unitPrice'], message: priceFault });
        if (typeof sku === 'string' && skus.has(sku)) {
          context.addIssue({ code: 'custom', path: ['items', index, 'sku'], message: 'is in the order already' });
        }
        skus.add(sku);
      }
    },
    { when: () => true },
  )
  .meta({ id: 'CreateOrder' });

/** Why a well-formed amount is none of this currency; the form itself is the field's own check. */
const amountFault = (amount: unknown, currency: unknown): string | undefined => {
  if (typeof amount !== 'string' || typeof currency !== 'string' || !isCurrency(currency)) return undefined;
  if (!/^\d+(\.\d+)?$/u.test(amount)) return undefined;
  try {
    parseMoney(amount, currency);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'must be an amount of the currency';
  }
};
