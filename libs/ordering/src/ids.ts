declare const brand: unique symbol;

type Branded<Name extends string> = string & { readonly [brand]: Name };

export type CustomerId = Branded<'CustomerId'>;
export type RestaurantId = Branded<'RestaurantId'>;
export type Sku = Branded<'Sku'>;

/** Name a text that was checked where it came in (or was stored by an earlier build); nothing is checked here. */
export const customerId = (text: string): CustomerId => text as CustomerId;
export const restaurantId = (text: string): RestaurantId => text as RestaurantId;
export const sku = (text: string): Sku => text as Sku;
