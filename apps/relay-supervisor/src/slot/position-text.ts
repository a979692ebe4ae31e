/** A WAL position as PostgreSQL writes it: `0/1A2B3C4`. */
export const positionText = (position: bigint): string =>
  `${(position >> 32n).toString(16).toUpperCase()}/${(position & 0xffff_ffffn).toString(16).toUpperCase()}`;
