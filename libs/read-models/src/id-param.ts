import { z } from 'zod';

/** A customer or a restaurant, as the contract spells ids. */
export const idParam = z.string().regex(/^[A-Za-z0-9_.:-]{1,64}$/u, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -');
